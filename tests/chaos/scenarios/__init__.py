"""The scenarios, by what is broken: each module enters its rows with `rows.row` and is found here by itself."""
