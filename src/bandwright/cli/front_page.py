"""The first help page as text, for the door to show at once; a test compares it with the commands."""

from __future__ import annotations

FRONT_PAGE = """\
Usage: bandwright COMMAND

What a resistance-band set-up really does: load, strength, effort and muscles.

Start here:
  bandwright serve                              the app, in your browser
  bandwright tour                               three set-ups, judged
  bandwright analyse bent-over-band-row         an exercise with its usual band
  bandwright analyse my-row.toml --json         a set-up of your own, as JSON
  bandwright exercises list                     what there is to choose from

Commands:
  analyse               Analyse one set-up: verdict, load, strength, effort and
                        muscles.
  bands                 Bands: list them, show one, fit your own from a luggage
                        scale.
  check                 Check exercise and set-up files, and list every problem
                        at once.
  compare               Compare two or three set-ups: curves under each other,
                        and what differs.
  design                Find the best set-ups that your gear allows, different
                        from each other.
  exercises             Exercises: list them, show one, or begin one of your
                        own.
  plan                  Programmes: what a week gives each muscle, and what to
                        change.
  serve                 Open the app in your browser, and serve it until
                        Ctrl-C.
  strength              Your own strength: fit it from pulls on a scale or sets
                        you have done.
  sweep                 Judge a cohort of people in many set-ups, into one
                        Parquet table.
  tour                  Analyse three set-ups that come with the program, and
                        write a report about them.
  --help, -h            Display this message and exit.
  --version             Display application version.


Any command takes --data DIR: where your own bands and exercises are.
Exit codes: 0 done; 2 yours to put right; 3 cannot be done; 1 our fault.
"""
