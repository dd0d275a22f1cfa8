"""A made-up country: every municipality of Peru with a plan and eight semesters of reports.

Nobody promised or did any of it: each document says so, and all of it is simulated. The same seed
makes the same rows, whatever the number of processes. `build` writes a database of its own;
`python -m benchmarks.country` measures it beside smaller ones.
"""
