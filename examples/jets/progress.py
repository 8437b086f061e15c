"""A progress bar on stderr, shown when somebody can see it."""

import sys

WIDTH = 40


def show_progress(what, done, total):
    """Draws how many of `total` are `done`, over the bar drawn before; ends the line with the last one."""
    if not sys.stderr.isatty():
        return
    filled = WIDTH * done // total
    bar = "#" * filled + "." * (WIDTH - filled)
    print(f"\r{what} [{bar}] {done:,} / {total:,}", end="\n" if done >= total else "", file=sys.stderr, flush=True)
