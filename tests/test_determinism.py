"""The same sources give the same bytes, whatever the machine around them is like."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import harness
from sitegen.check.pages import read_site

# A build in a process of its own whose directory listings come in a given order.
PROGRAM = """
import os, random, sys, datetime
order = random.Random(int(sys.argv[3]))
real_listdir, real_scandir = os.listdir, os.scandir

class Shuffled:
    def __init__(self, path):
        with real_scandir(path) as entries:
            found = list(entries)
        order.shuffle(found)
        self.entries = iter(found)
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass

def listdir(path='.'):
    names = real_listdir(path)
    order.shuffle(names)
    return names

os.listdir, os.scandir = listdir, Shuffled
from pathlib import Path
from sitegen.build import BuildOptions, build_site
result = build_site(Path(sys.argv[1]), BuildOptions(date=datetime.date(2027, 3, 5), workers=int(sys.argv[2])))
print(result.problems)
sys.exit(0 if result.published else 1)
"""
SURROUNDINGS = {
    "plain": {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    "east": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    "west": {"TZ": "Pacific/Marquesas", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
}


def build(root: Path, surroundings: dict[str, str], workers: int = 1, order: int = 0) -> dict[str, bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(root), str(workers), str(order)],
        env={**environment, **surroundings, "PYTHONPATH": str(harness.REPOSITORY), "PYTHONIOENCODING": "utf-8"},
        cwd=root.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return harness.tree(root / "public")


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


@pytest.mark.slow
def test_the_flagship_is_the_same_everywhere(tmp_path):
    first = build(harness.copy_flagship(tmp_path / "one"), SURROUNDINGS["plain"])
    assert len(first) > 100
    for number, name in enumerate(("east", "west"), 1):
        root = harness.copy_flagship(tmp_path / name)
        assert differing(first, build(root, SURROUNDINGS[name], workers=number, order=number)) == []


def test_building_again_changes_nothing(site):
    made = site("-- content/pages/index.md --\n---\ntitle: Home\n---\nText, and ![a](../media/a.svg).\n",
                files={"content/media/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})  # fmt: skip
    first = made.build().files
    assert made.build().files == first
    assert made.build(clean=True).files == first
    elsewhere = made.root.parent / "elsewhere" / "deeper"
    shutil.copytree(made.root, elsewhere)
    shutil.rmtree(elsewhere / "public")
    assert build(elsewhere, SURROUNDINGS["east"]) == first


def test_no_output_names_the_machine(flagship):
    """Neither the folder of the sources nor the user's home stands in what is published."""
    names = [str(harness.REPOSITORY).encode(), str(flagship.parent).encode(), str(Path.home()).encode()]
    names = [name for name in names if len(name) > 5]
    files = harness.tree(flagship)
    assert [(path, name) for path, text in files.items() for name in names if name in text] == []


def test_the_flagship_passes_our_own_checks(flagship):
    from sitegen.check.output import check_output

    assert len(read_site(flagship).pages) > 50
    assert [str(problem) for problem in check_output(flagship, "/", "https://network.example/")] == []
