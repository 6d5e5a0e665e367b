"""Running checks: grids of points, comparison by route, jobs."""
