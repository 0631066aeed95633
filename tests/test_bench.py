"""The measuring itself: both forms of sitegen's workload give the same site, and a difference would be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.agreement import differences
from bench.measure import CommandFailedError, Run, run
from bench.peers import EDITS, Peer, prepare, shows
from bench.prose import LANGUAGES, latin
from bench.report import BEGIN, END, Figures, table, update_page
from bench.workload import page_count
from sitegen.build import BuildOptions, build_site

SITEGEN = ("sitegen files", "sitegen PO")
GROUPS = 9  # the edited group and its neighbour must be there


def build(peer: Peer) -> None:
    result = build_site(peer.site, BuildOptions(output=peer.output, workers=1))
    assert result.published, str(result.problems)


@pytest.fixture(scope="module")
def peers(tmp_path_factory: pytest.TempPathFactory) -> list[Peer]:
    workspace = tmp_path_factory.mktemp("bench")
    prepared = [prepare(name, workspace, GROUPS, None) for name in SITEGEN]
    for peer in prepared:
        build(peer)
    return prepared


def test_both_forms_are_the_same_site(peers: list[Peer]) -> None:
    assert differences({peer.name: peer.output for peer in peers}, GROUPS) == []
    assert page_count(GROUPS) == len(LANGUAGES) * (GROUPS + 3)


@pytest.mark.parametrize("scenario", EDITS)
def test_an_edit_shows_in_the_output(peers: list[Peer], scenario: str) -> None:
    for peer in peers:
        mark = "Marked" + scenario.replace(" ", "")
        EDITS[scenario](peer, mark)
        assert scenario == "no change" or not shows(peer, scenario, mark)
        build(peer)
        assert shows(peer, scenario, mark)


def test_a_difference_of_text_and_a_missing_page_are_told(peers: list[Peer], tmp_path: Path) -> None:
    build(peers[0])
    one, other = peers[0].output, tmp_path / "other"
    for page in one.rglob("index.html"):
        target = other / page.relative_to(one)
        target.parent.mkdir(parents=True)
        target.write_text(page.read_text(encoding="utf-8").replace("GR-0002", "GR-9999"), encoding="utf-8")
    (other / "fi/about/index.html").unlink()
    told = "\n".join(differences({"one": one, "other": other}, GROUPS, limit=100))
    assert f"other: {page_count(GROUPS) - 1} pages, not {page_count(GROUPS)}" in told
    assert "pl/groups/group-0002/index.html: one and other differ" in told
    assert "group-0003" not in told


def test_latin_serbian_as_the_generator_derives_it() -> None:
    assert latin("Људи из села Ђурђево, џем и њива") == "Ljudi iz sela Đurđevo, džem i njiva"


def test_figures_of_a_command_count_its_children(tmp_path: Path) -> None:
    figures = run(
        ("sh", "-c", "sh -c 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done'"), tmp_path, {}, sample_memory=True
    )
    assert figures.cpu > 0
    assert figures.wall > 0
    assert figures.peak_mib is not None
    with pytest.raises(CommandFailedError, match="wrong"):
        run(("sh", "-c", "echo wrong; exit 3"), tmp_path, {})


def test_table_and_page(tmp_path: Path) -> None:
    ours = Figures(
        "memory", 2000, "cold", "sitegen PO", [Run(2.0, 3.0, None), Run(9.0, 9.0, None), Run(1.0, 1.0, None)], 100
    )
    figures = [ours, Figures("memory", 2000, "cold", "Hugo", [Run(4.0, 8.0, None)], 400)]
    rows = table(figures).splitlines()
    assert rows[2] == "| 2,000 | cold | sitegen PO | 2.00 | 3.00 | 0.30 | 100 | 0.500 | 0.25 |"
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{BEGIN}\nstale\n{END}\nafter\n", encoding="utf-8")
    update_page(page, figures, ["sitegen 1", "Hugo 2"], 3)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "stale" not in text
    assert rows[2] in text
