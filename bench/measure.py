"""Repeated measurements and how they are printed."""

import statistics


def summary(values):
    """Median, least and most of the measurements of one thing."""
    return {"median": statistics.median(values), "min": min(values), "max": max(values), "runs": len(values)}


def interleaved(num_runs, actions):
    """Runs every action (name -> function of no argument) in turn, num_runs times round; the results of each by its name.

    A load that comes and goes on the machine then falls on all of them."""
    results = {name: [] for name in actions}
    for _ in range(num_runs):
        for name, action in actions.items():
            results[name].append(action())
    return results


def seconds(values):
    """Such as '0.012 (0.011..0.020)'."""
    return f"{values['median']:.3g} ({values['min']:.3g}..{values['max']:.3g})"


def rate(values):
    """Such as '12,300 (11,000..12,400)'."""
    return "{:,.0f} ({:,.0f}..{:,.0f})".format(*(float(f"{values[key]:.3g}") for key in ("median", "min", "max")))


def table(header, rows):
    """Columns in Markdown's form, aligned for reading as text."""
    cells = [[str(cell) for cell in row] for row in [header, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
