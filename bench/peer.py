"""Talks to a peer's worker: a script that runs in the peer's own environment and answers one JSON line for each JSON line."""

import json
import pathlib
import signal
import subprocess
import threading
import time

from environments import REPOSITORY, WORK_FOLDER, python_of, shown


class PeerFailed(Exception):
    """A worker ended or said that it failed."""


class Peer:
    """A running worker. What the peer itself prints goes to a log.

    The worker's script is NAME_worker.py, unless another one is given with its arguments."""

    def __init__(self, name, script=None, arguments=()):
        self.name = name
        self.log = WORK_FOLDER / f"{name}.log"
        python = python_of(name)
        self._begin = time.perf_counter()
        with open(self.log, "a") as log:
            self._process = subprocess.Popen(
                [str(python), str(REPOSITORY / "bench" / (script or f"{name}_worker.py")), *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=WORK_FOLDER,
            )

    def ask(self, command, limit=None, **arguments):
        """Sends a command and waits for its answer. A worker that takes longer than the limit in seconds is killed."""
        request = json.dumps(
            {"command": command, **{key: str(value) if isinstance(value, pathlib.Path) else value for key, value in arguments.items()}}
        )
        timer = threading.Timer(limit, self._process.kill) if limit else None
        if timer:
            timer.start()
        try:
            self._process.stdin.write(request + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            if timer:
                timer.cancel()
        if not line and limit and self._process.wait() == -signal.SIGKILL:
            raise PeerFailed(f"{self.name} was still busy with '{command}' after {limit} s")
        if not line:
            raise PeerFailed(f"{self.name} ended while it did '{command}'; the log is {shown(self.log)}")
        return json.loads(line)

    def seconds(self):
        """The seconds since its start."""
        return time.perf_counter() - self._begin

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
