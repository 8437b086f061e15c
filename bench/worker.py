"""The loop of a worker: reads one JSON request per line, calls the command that it names, answers one JSON line."""

import json
import os
import sys


def serve(commands):
    """Answers requests until the input ends. What the commands themselves print goes to standard error, also from C++."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        request = json.loads(line)
        answer = commands[request.pop("command")](**request)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
