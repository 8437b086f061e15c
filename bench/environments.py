"""The peers' virtual environments: each is made once, under build/bench, from a file of pinned versions."""

import hashlib
import os
import pathlib
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
WORK_FOLDER = REPOSITORY / "build" / "bench"


def say(text):
    """Prints a line about what is going on; standard output stays free for the table or the JSON document."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def shown(path):
    """The path as people know it: from the repository's root, or as it is when it lies elsewhere."""
    path = pathlib.Path(path).resolve()
    return str(path.relative_to(REPOSITORY)) if path.is_relative_to(REPOSITORY) else os.path.relpath(path, REPOSITORY)


def python_of(name):
    """The Python of a peer's environment, which is installed first where it is missing or its requirements changed."""
    folder = WORK_FOLDER / f"venv-{name}"
    requirements = REPOSITORY / "bench" / f"requirements-{name}.txt"
    stamp = folder / "requirements.sha256"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    python = folder / "bin" / "python"
    if stamp.exists() and stamp.read_text() == wanted and python.exists():
        return python
    if sys.version_info < (3, 11):
        sys.exit(f"bench: the peers need Python 3.11 or newer, this is {sys.version.split()[0]}; set PYTHON to a newer one")
    say(f"installing {shown(requirements)} into {shown(folder)}, once (a minute or two)")
    log = WORK_FOLDER / f"venv-{name}.log"
    WORK_FOLDER.mkdir(parents=True, exist_ok=True)
    base = os.environ.get("PYTHON") or getattr(sys, "_base_executable", sys.executable)
    with open(log, "w") as output:
        for command in (
            [base, "-m", "venv", "--clear", str(folder)],
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", str(requirements)],
        ):
            if subprocess.run(command, stdout=output, stderr=subprocess.STDOUT).returncode != 0:
                sys.exit(f"bench: cannot install {shown(requirements)}; the log is {shown(log)}")
    stamp.write_text(wanted)
    return python


def enter(name):
    """Goes on in the environment of a peer: runs this script again with its Python unless that is the one that runs."""
    python = python_of(name)
    if pathlib.Path(sys.prefix).resolve() != python.parent.parent.resolve():
        os.execv(python, [str(python), *sys.argv])
