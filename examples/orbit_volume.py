"""Are solutions with a larger orbit volume more likely under noise? Asked twice, with two answers.

Of 2 x 2 matrices the diagonal 1, 1 is observed. Runs of Langevin's equation with noise along the
orbits O_W of balanced factors are compared with runs without it, and what they find with the whole
plane of minimisers; there the volume of g^N is looked at, too.

Run: python examples/orbit_volume.py (ten seconds; --runs 50 for less).
"""

import argparse

from dlnproof.training import orbit_volume


def main() -> None:
    """Run the experiment and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    found = orbit_volume.outcomes(given.runs, given.seed)
    print(f"{given.runs} runs of each, seed {given.seed}, to the time {orbit_volume.TIME:g}")
    for question, measured in orbit_volume.QUESTIONS.items():
        print(f"{question}:")
        for depth in orbit_volume.DEPTHS:
            for beta in orbit_volume.BETAS:
                gain = measured(found, depth, beta)
                said = gain.verdict.value.replace("_", " ")
                print(f"  depth {depth:2}, beta {beta:2g}: {gain}, {said}")


if __name__ == "__main__":
    main()
