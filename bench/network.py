"""A whole network as data, for timing: thousands of groups, projects, calls and news in the languages of the EU.

    python -m bench.network                  build it, check it, print the figures
    python -m bench.network --out DIR        only write it, for `sitegen build --site DIR`

The texts are English everywhere, but for what the law demands of funded projects: that speaks every language. The
same numbers give the same files. Names are made of syllables: no group of this network exists.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from bench.measure import run

MEMORY = Path("/dev/shm")
REPOSITORY = Path(__file__).resolve().parent.parent
LANGUAGES = (
    *("en", "pl", "fi", "de", "hr", "hu", "et", "sv", "fr", "es", "it", "pt"),
    *("ro", "bg", "cs", "da", "el", "ga", "lt", "lv", "mt", "nl", "sk", "sl"),
    *("sr-Cyrl", "sr-Latn"),
)
EU_LANGUAGES = 24
_COUNTRIES = {
    "FI": (61, 68, 22, 29, ["linna", "järvi", "kangas", "niemi", "salmi", "koski", "mäki", "lampi"]),
    "PL": (50, 54, 15, 23, ["żabi", "łęg", "wólka", "dąbro", "krasno", "świeto", "górny", "pod"]),
    "RS": (43, 46, 19, 22, ["круше", "долина", "моравски", "јужни", "ибарски", "стари", "шума", "врело"]),
    "HR": (43, 46, 14, 18, ["gornja", "đurđe", "lika", "ljubo", "njiva", "džamić", "polje", "žumber"]),
    "HU": (46, 48, 17, 22, ["nagy", "szög", "kör", "fehér", "gyöngy", "csár", "erdő", "völgy"]),
    "EE": (58, 59, 23, 27, ["õnne", "järve", "saare", "pärnu", "võru", "mets", "küla", "oja"]),
    "SE": (56, 66, 12, 20, ["ås", "vik", "öster", "ängel", "fjäll", "norr", "sjö", "dal"]),
    "DE": (48, 54, 8, 13, ["ober", "tal", "heide", "see", "münster", "wald", "bruck", "feld"]),
}
_THEMES = ("water", "forests", "young people", "food", "tourism", "energy", "heritage", "services", "climate", "crafts")
_YEARS = range(2015, 2028)


def write_network(out: Path, *, groups: int, projects: int, languages: int, seed: int = 1) -> None:
    """Write the site into `out`, which is new or empty."""
    chance = random.Random(seed)
    tags = LANGUAGES[:languages]
    _write(out / "site.yaml", _site(tags))
    _write(out / "content/pages/index.md", "---\ntitle: A network\n---\nGroups of the country, side by side.\n")
    _write(out / "content/data/lags.yaml", _yaml(_groups(chance, groups)))
    _write(out / "content/data/partners.yaml", _yaml(_partners(chance, max(1, projects // 10))))
    _write(out / "content/data/funding.yaml", _yaml(_funding()))
    _write(out / "content/data/projects.yaml", _yaml(_projects(chance, projects, groups)))
    _write(out / "content/data/calls.yaml", _yaml(_calls(chance, max(1, groups // 10), groups)))
    _write(out / "content/data/events.yaml", _yaml(_events(chance, max(1, groups // 20), groups)))
    for number in range(max(1, groups // 30)):
        year, month = chance.choice(_YEARS), chance.randint(1, 12)
        text = f"---\ntitle: News {number}\nlags: [g{chance.randrange(groups)}]\n---\nSomething happened.\n"
        _write(out / f"content/news/{year}-{month:02}-01-news-{number}.md", text)


def _site(tags: tuple[str, ...]) -> str:
    lines = ["title: A network of groups", "description: Made for timing.", "url: https://bench.example/",
             "timezone: Europe/Belgrade", "translate: {threshold: 0}", "languages:"]  # fmt: skip
    for tag in tags:
        derived = ", derived_from: sr-Cyrl" if tag == "sr-Latn" and "sr-Cyrl" in tags else ""
        lines.append(f"  - {{tag: {tag}, path: {tag.lower()}, name: {tag}{derived}}}")
    lines += ["menus:", "  main: [{collection: lags}, {collection: projects}, {collection: calls}]"]
    return "\n".join(lines) + "\n"


def _groups(chance: random.Random, count: int) -> Iterator[dict[str, object]]:
    for number in range(count):
        country = chance.choice(list(_COUNTRIES))
        south, north, west, east, syllables = _COUNTRIES[country]
        name = "".join(chance.sample(syllables, 2)).capitalize()
        yield {
            "id": f"g{number}",
            "name": f"{name} {number}",
            "status": chance.choice(["accredited"] * 8 + ["potential", "former"]),
            "code": f"{country}-{number:04}",
            "country": country,
            "region": f"{chance.choice(syllables).capitalize()} {number % 12}",
            "municipalities": [f"{chance.choice(syllables).capitalize()} {i}" for i in range(chance.randint(2, 9))],
            "population": chance.randint(8_000, 150_000),
            "area_km2": chance.randint(100, 9_000),
            "location": {"lon": round(chance.uniform(west, east), 4), "lat": round(chance.uniform(south, north), 4)},
            "email": f"office{number}@group{number}.example",
            "phone": f"+358 40 {number:07}",
            "website": f"https://group{number}.example/",
            "themes": chance.sample(_THEMES, 3),
            "summary": f"The people of {name} decide together how their area develops.",
            "strategy": {"title": f"Strategy of {name}", "period": "2021-2027", "goals": ["Stay", "Grow", "Meet"]},
            "budget": [{"fund": "EAFRD", "amount": f"{chance.randint(5, 60) * 100_000} EUR"}],
        }


def _projects(chance: random.Random, count: int, groups: int) -> Iterator[dict[str, object]]:
    for number in range(count):
        year = chance.choice(_YEARS)
        yield {
            "id": f"p{number}",
            "title": f"Project {number}: {chance.choice(_THEMES)}",
            "summary": "What people took on for the place where they live.",
            "aims": "First, to listen. Then, to build.\n\n- a well\n- a mill",
            "lags": sorted({f"g{chance.randrange(groups)}" for _ in range(chance.randint(1, 4))}),
            "partners": sorted({f"o{chance.randrange(max(1, count // 10))}" for _ in range(2)}),
            "start": f"{year}-03-01",
            "end": f"{year + 1}-09-30",
            "total": f"{chance.randint(5, 400) * 1_000} EUR",
            "funding": ["old" if year < 2021 else "new"],
        }


def _partners(chance: random.Random, count: int) -> Iterator[dict[str, object]]:
    for number in range(count):
        yield {"id": f"o{number}", "name": f"Organisation {number}", "country": chance.choice(list(_COUNTRIES))}


def _funding() -> Iterator[dict[str, object]]:
    for name, period in (("old", "2014-2020"), ("new", "2021-2027")):
        yield {
            "id": name,
            "regime": "mff2021",
            "kind": "co_funded",
            "programme": "LEADER",
            "period": period,
            "granting_authority": {"key": "eacea"},
            "disclaimer": "disclaimer_2021",
        }


def _calls(chance: random.Random, count: int, groups: int) -> Iterator[dict[str, object]]:
    for number in range(count):
        year, month = chance.choice(_YEARS), chance.randint(1, 11)
        yield {
            "id": f"c{number}",
            "title": f"Call {number}",
            "opens": f"{year}-{month:02}-01",
            "closes": f"{year}-{month + 1:02}-15 16:00",
            "budget": f"{chance.randint(1, 30) * 10_000} EUR",
            "lags": [f"g{chance.randrange(groups)}"],
        }


def _events(chance: random.Random, count: int, groups: int) -> Iterator[dict[str, object]]:
    for number in range(count):
        day = f"{chance.choice(_YEARS)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        group = f"g{chance.randrange(groups)}"
        yield {"id": f"e{number}", "title": f"Meeting {number}", "start": f"{day} 10:00", "lags": [group]}


def _yaml(records: Iterator[dict[str, object]]) -> str:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return yaml.dump(list(records), Dumper=dumper, allow_unicode=True, sort_keys=False)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def measure(site: Path) -> Iterator[str]:
    """Build and check a site, each from nothing; lines to read."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    for command in ("build", "check"):
        arguments = (sys.executable, "-m", "sitegen", command, "--site", str(site))
        done = run(arguments, site, environment, sample_memory=True)
        yield f"{command}: {done.wall:.1f} s, {done.cpu:.1f} s of processors, {done.peak_mib:.0f} MiB"
    pages = [path.stat().st_size for path in (site / "public").rglob("*.html")]
    yield f"{len(pages):,} pages of {sum(pages) / 1e6:,.0f} MB"
    directory = (site / "public/en/lags/index.html").read_bytes()
    yield f"the directory of groups: {len(gzip.compress(directory, 6)) / 1000:.0f} kB compressed"


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a network as data; without --out, build and check it too.")
    parser.add_argument("--groups", type=int, default=3000, metavar="N")
    parser.add_argument("--projects", type=int, default=2000, metavar="N")
    parser.add_argument(
        "--languages", type=int, default=EU_LANGUAGES, metavar="N", help=f"1 to {len(LANGUAGES)}, EU first"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="a new folder; nothing is built")
    options = parser.parse_args()
    sizes = {"groups": options.groups, "projects": options.projects, "languages": options.languages}
    if options.out is not None:
        if options.out.exists() and any(options.out.iterdir()):
            parser.error(f"{options.out} is not empty")
        write_network(options.out, **sizes)
        return
    with tempfile.TemporaryDirectory(prefix="sitegen-network-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        write_network(Path(folder), **sizes)
        print(", ".join(f"{size} {name}" for name, size in sizes.items()), flush=True)
        for line in measure(Path(folder)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
