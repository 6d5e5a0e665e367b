"""The gate of the formal development.

    python3 check.py                 everything: sources, table, build, assumptions
    python3 check.py --long          each theorem's assumptions alone, and coqchk
    python3 check.py --no-install    never call apt-get

Where a file asked.json lies beside, [theorem, statement] each, answers.json says of
each why the theorem is no proof of the statement, "" where it is one.

Needs only Python's standard library and Coq.  When Coq or one of its libraries is
missing it is installed from Debian's packages if that is possible (apt-get, root);
otherwise a plain message is printed and the exit status is 3.  Exit status 1:
something is wrong.  Exit status 0: every file builds, every theorem of
theorems.json stands in its file word for word; those of the algebra rest on no
axiom, those about Coq's real numbers (analysis/) on no other than ADMITTED says.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Debian's packages, and a file of each below Coq's directory of libraries.
PACKAGES = {
    "coq": "theories/Init/Prelude.vo",
    "libcoq-mathcomp-algebra": "user-contrib/mathcomp/algebra/matrix.vo",
    "libcoq-mathcomp-real-closed": "user-contrib/mathcomp/real_closed/complex.vo",
    "libcoq-mathcomp-analysis": "user-contrib/mathcomp/analysis/Rstruct.vo",
    "libcoq-coquelicot": "user-contrib/Coquelicot/Coquelicot.vo",
}
COQ_VERSION = "8.16"
CLOSED = "Closed under the global context"

# The axioms on which theorems may rest, by the kind of their file.  Coq's real numbers
# are Dedekind cuts: the first three are theirs.  A field in the sense of MathComp has a
# choice function: for the reals that is Hilbert's epsilon.
REALS = {
    "ClassicalDedekindReals.sig_not_dec",
    "ClassicalDedekindReals.sig_forall_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
    "Classical_Prop.classic",
}
ADMITTED = {
    "algebra": set(),
    "analysis": REALS,
    "bridge": {*REALS, "Epsilon.epsilon_statement"},
}
LIMIT = 300  # seconds of CPU for one process, ten times what the slowest takes

# Words that would leave a gap or add an axiom, anywhere in a file.
FORBIDDEN = [
    "Admitted",
    "admit",
    "give_up",
    "Abort",
    "Axiom",
    "Axioms",
    "Parameter",
    "Parameters",
    "Conjecture",
    "Conjectures",
    "Primitive",
    "bypass_check",
    "Guard",
    "Positivity",
    "Universe Checking",
    "type-in-type",
]
# Words that add an axiom unless they stand inside a section.
SECTION_ONLY = ["Hypothesis", "Hypotheses", "Variable", "Variables", "Context"]


class GateError(Exception):
    """A reason why the gate is closed."""


def without_comments(text):
    """The Coq text with its (nested) comments and its strings blanked out."""
    out, depth, i, in_string = [], 0, 0, False
    while i < len(text):
        two = text[i : i + 2]
        if in_string:
            in_string = text[i] != '"'
            out.append("\n" if text[i] == "\n" else " ")
            i += 1
        elif two == "(*":
            depth += 1
            i += 2
        elif two == "*)" and depth:
            depth -= 1
            i += 2
        elif text[i] == '"':
            in_string = True
            i += 1
        else:
            if not depth or text[i] == "\n":
                out.append(text[i])
            i += 1
    return "".join(out)


def sources():
    """The files listed in _CoqProject, in their order."""
    lines = (HERE / "_CoqProject").read_text(encoding="utf-8").split("\n")
    return [line.strip() for line in lines if line.strip().endswith(".v")]


def kind(name):
    """Of a file: 'algebra'; 'analysis', with nothing of MathComp; 'bridge', with both."""
    if not name.startswith("analysis/"):
        return "algebra"
    return "bridge" if "mathcomp" in without_comments(read(name)) else "analysis"


def read(name):
    """The text of one file of this directory."""
    return (HERE / name).read_text(encoding="utf-8")


def context(code, theorem, statement):
    """What the sections around a theorem declare before it, sentence by sentence,
    word for word (spaces apart): variables, hypotheses, and those abbreviations
    that occur in the statement.  A hypothesis may be listed without being used."""
    stack = [[]]
    for sentence in re.split(r"(?<=\.)\s+", without_comments(code)):
        words = sentence.split()
        if not words:
            continue
        if words[0] == "Section":
            stack.append([])
        elif words[0] == "End":
            stack.pop()
        elif words[0] in SECTION_ONLY or (
            words[0] == "Let" and re.search(r"\b" + re.escape(words[1]) + r"\b", statement)
        ):
            stack[-1].append(" ".join(words))
        elif words[0] in ("Theorem", "Lemma") and words[1].rstrip(":") == theorem:
            return [line for level in stack for line in level]
    raise GateError(f"{theorem}: not found")


def faults_in(name, text):
    """Forbidden words of one file, as messages."""
    found = []
    if not text.startswith("(** * "):
        found.append(f"{name}: does not open with a comment that states its theorem")
    code = without_comments(text)
    for word in FORBIDDEN:
        for hit in re.finditer(r"\b" + re.escape(word) + r"\b", code):
            line = code.count("\n", 0, hit.start()) + 1
            found.append(f"{name}: line {line}: {word}")
    depth = 0
    for number, line in enumerate(code.split("\n"), 1):
        for sentence in re.split(r"(?<=\.)\s", line):
            words = sentence.split()
            while words and words[0] in ("Local", "Global", "#[local]", "#[global]", "Let"):
                words = words[1:]
            if not words:
                continue
            if words[0] == "Section":
                depth += 1
            elif words[0] == "End":
                depth -= 1
            elif words[0] in SECTION_ONLY and depth == 0:
                found.append(f"{name}: line {number}: {words[0]} outside of a section")
            elif words[0] == "Module":
                found.append(f"{name}: line {number}: modules are not used here")
    return found


def check_sources():
    """No gap and no axiom in the sources; returns the files to build."""
    listed = sources()
    on_disk = [*HERE.glob("*.v"), *HERE.glob("analysis/*.v")]
    on_disk = sorted(path.relative_to(HERE).as_posix() for path in on_disk)
    if sorted(listed) != on_disk:
        raise GateError(f"_CoqProject lists {sorted(listed)}, the directory has {on_disk}")
    found = []
    for name in listed:
        found += faults_in(name, read(name))
    if found:
        raise GateError("\n".join(found))
    return listed


def check_table(listed):
    """Every statement of theorems.json stands verbatim in its file, and so does what
    the sections around it assume."""
    table = json.loads(read("theorems.json"))
    names = [entry["theorem"] for entry in table]
    if len(set(names)) != len(names):
        raise GateError("theorems.json: a theorem is listed twice")
    for entry in table:
        name, statement = entry["theorem"], entry["statement"]
        if entry["file"] not in listed:
            raise GateError(f"{name}: {entry['file']} is not built")
        if not re.match(r"(Theorem|Lemma) " + re.escape(name) + r"\b", statement):
            raise GateError(f"{name}: the statement in theorems.json does not declare it")
        if not statement.endswith("."):
            raise GateError(f"{name}: the statement in theorems.json is cut short")
        if without_comments(read(entry["file"])).count(statement + "\nProof") != 1:
            raise GateError(
                f"{name}: the statement in theorems.json is not the one in {entry['file']}"
            )
        if entry.get("context") != context(read(entry["file"]), name, statement):
            raise GateError(
                f"{name}: the context in theorems.json is not the one in {entry['file']}"
            )
        if "claim" not in entry:  # null: no claim says it yet
            raise GateError(f"{name}: theorems.json has no 'claim'")
        if not entry.get("says"):
            raise GateError(f"{name}: theorems.json has no 'says'")
        found = entry.get("discharges", ["", "", ""])
        if len(found) != 3 or not all(isinstance(word, str) for word in found):
            raise GateError(f"{name}: 'discharges' is not a claim, a sentence and a premise")
        if "formula" in entry:
            compile(entry["formula"], name, "eval")
    return table


def missing():
    """Those of the packages that are not there."""
    if shutil.which("coqc") is None:
        return list(PACKAGES)
    where = Path(run(["coqc", "-where"])[0].strip())
    return [package for package, file in PACKAGES.items() if not (where / file).exists()]


def install(packages):
    """Install packages, if this is Debian and its administrator."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    print("missing, installing: " + " ".join(packages), flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        if subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=False).returncode:
            print("apt-get failed: " + " ".join(command))
            return


def run(command, limit=LIMIT):
    """Output and exit status of a command; each of its processes has that many seconds
    of CPU, so that a busy machine closes no gate."""
    import resource  # not on Windows, where the sources can be checked all the same

    def limited():
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))

    done = subprocess.run(
        command,
        cwd=HERE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=limited,
        check=False,
    )
    if done.returncode == -signal.SIGXCPU:
        raise GateError(f"{' '.join(command)}: not finished after {limit} s of CPU")
    return done.stdout, done.returncode


def build():
    """The whole development, with coq_makefile."""
    for command in (
        ["coq_makefile", "-f", "_CoqProject", "-o", "Makefile.coq"],
        ["make", "-j2", "-f", "Makefile.coq"],
    ):
        output, status = run(command)
        if status:
            raise GateError("the build fails:\n" + output[-3000:])


def answers(output):
    """The names of the axioms in each answer of [Print Assumptions]."""
    found = []
    for line in output.split("\n"):
        if line in ("Axioms:", CLOSED):
            found.append(set())
        elif line and not line[0].isspace():
            if not found:
                raise GateError("not an answer of Print Assumptions: " + line)
            found[-1].add(line.split(" ")[0])
    return found


def check_assumptions(table, alone):
    """No theorem rests on another axiom than its kind of file admits.

    Together in one term for each kind, or each theorem [alone], which takes minutes."""
    groups = {}
    for entry in table:
        group = entry["theorem"] if alone else "all"
        groups.setdefault((kind(entry["file"]), group), []).append(
            entry["file"].removesuffix(".v").replace("/", ".") + "." + entry["theorem"]
        )
    files = sorted({entry["file"].removesuffix(".v").replace("/", ".") for entry in table})
    # nothing is imported: a name is printed with its module, so that no other can pass for it
    lines = ["From DLN Require " + " ".join(files) + "."]
    for number, names in enumerate(groups.values()):
        terms = " ".join(f"let _ := @{name} in" for name in names)
        lines += [
            f"Definition group{number} : True := {terms} I.",
            f"Print Assumptions group{number}.",
        ]
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "Assumptions.v"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = ["coqc", "-w", "none", "-Q", str(HERE), "DLN", str(path)]
        output, status = run(command, 10 * LIMIT)
    found = [] if status else answers(output)
    if len(found) != len(groups):
        raise GateError("the assumptions cannot be had:\n" + output[-3000:])
    for ((sort, group), _), axioms in zip(groups.items(), found, strict=True):
        foreign = sorted(axioms - ADMITTED[sort])
        if foreign:
            raise GateError(f"{group} ({sort}) rests on " + ", ".join(foreign))


def answer(entry, statement):
    """Why a theorem is no proof of a statement about a field F, or ""."""
    module = entry["file"].removesuffix(".v").replace("/", ".")
    of_reals = entry["file"].startswith("analysis/")
    field, real = ("", " [rcfType of R]") if of_reals else (" (F : rcfType)", " F")
    proof = f"DLN.{module}.{entry['theorem']}" + ("" if of_reals else " F")
    algebra = "all_ssreflect all_algebra" + " Rstruct" * of_reals
    lines = [
        f"From DLN Require {module}.",
        "From Coq Require Import Reals." * of_reals,  # its %N is another: before MathComp
        f"From mathcomp Require Import {algebra}.",
        "Local Open Scope ring_scope.",
        f"Definition premise (F : rcfType) : Prop := {statement}.",
        f"Lemma discharged{field} : premise{real}. Proof. exact (@{proof}). Qed.",
        "Print Assumptions discharged.",
    ]
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "Discharged.v"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        output, status = run(["coqc", "-w", "none", "-Q", str(HERE), "DLN", str(path)])
    if f"line {len(lines) - 2}," in output:
        return "Coq cannot read the statement made from the premise"
    if status:
        return "it does not say the premise: Coq refuses it as a proof"
    foreign = sorted(set().union(*answers(output)) - ADMITTED[kind(entry["file"])])
    return f"it rests on {', '.join(foreign)}" if foreign else ""


def check_asked(table):
    """Answer what asked.json asks."""
    if (HERE / "asked.json").exists():
        entries = {entry["theorem"]: entry for entry in table}
        found = [answer(entries[name], text) for name, text in json.loads(read("asked.json"))]
        (HERE / "answers.json").write_text(json.dumps(found), encoding="utf-8")


def check_kernel(listed):
    """Coq's independent checker accepts the algebra and all below it, without axioms."""
    modules = [f"DLN.{name.removesuffix('.v')}" for name in listed if kind(name) == "algebra"]
    output, status = run(["coqchk", "-silent", "-o", "-Q", ".", "DLN", *modules], 10 * LIMIT)
    if status or not re.search(r"\* Axioms: <none>", output):
        raise GateError("coqchk does not accept the algebra without axioms:\n" + output[-3000:])


def main():
    """Run the gate; returns the exit status."""
    try:
        listed = check_sources()
        table = check_table(listed)
        if missing() and "--no-install" not in sys.argv[1:]:
            install(missing())
        if missing():
            print(
                "formal: NOT CHECKED: not installed: " + ", ".join(missing()) + ".  On Debian 12: "
                "apt-get install --no-install-recommends " + " ".join(PACKAGES)
            )
            return 3
        version, _ = run(["coqc", "--print-version"])
        if not version.startswith(COQ_VERSION):
            print(
                f"formal: NOT CHECKED: coqc is version {version.split()[0]}; this development "
                f"needs {COQ_VERSION} and MathComp 1.15 (Debian 12)"
            )
            return 3
        build()
        long = "--long" in sys.argv[1:]
        check_assumptions(table, long)
        check_asked(table)
        if long:
            check_kernel(listed)
    except GateError as failure:
        print(f"formal: FAILED: {failure}")
        return 1
    algebra = sum(kind(entry["file"]) == "algebra" for entry in table)
    print(
        f"formal: {len(listed)} files build, {len(table)} theorems without gaps: {algebra} of "
        f"algebra rest on no axiom, {len(table) - algebra} about Coq's real numbers on the axioms "
        "of these"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
