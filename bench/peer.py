"""Talks to a peer's worker: a script that runs in the peer's own environment and answers one JSON line for each JSON line."""

import json
import pathlib
import subprocess
import time

from environments import REPOSITORY, WORK_FOLDER, python_of, shown


class PeerFailed(Exception):
    """A worker ended or said that it failed."""


class Peer:
    """A running worker. What the peer itself prints goes to a log."""

    def __init__(self, name):
        self.name = name
        self.log = WORK_FOLDER / f"{name}.log"
        python = python_of(name)
        self._begin = time.perf_counter()
        with open(self.log, "a") as log:
            self._process = subprocess.Popen(
                [str(python), str(REPOSITORY / "bench" / f"{name}_worker.py")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=WORK_FOLDER,
            )

    def ask(self, command, **arguments):
        """Sends a command and waits for its answer."""
        request = json.dumps(
            {"command": command, **{key: str(value) if isinstance(value, pathlib.Path) else value for key, value in arguments.items()}}
        )
        try:
            self._process.stdin.write(request + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise PeerFailed(f"{self.name} ended while it did '{command}'; the log is {shown(self.log)}")
        return json.loads(line)

    def close(self):
        """Ends the worker; the seconds from its start to its end."""
        self._process.stdin.close()
        status = self._process.wait()
        if status != 0:
            raise PeerFailed(f"{self.name} ended with status {status}; the log is {shown(self.log)}")
        return time.perf_counter() - self._begin

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait()


def process_seconds(name, command, **arguments):
    """Starts a worker for one command. (seconds of the whole process, with the start of Python and its imports; the worker's answer)"""
    with Peer(name) as peer:
        answer = peer.ask(command, **arguments)
        return peer.close(), answer
