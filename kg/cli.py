"""The command line: ``aidgraph build``, ``explain``, ``query``, ``validate``, ``dump``, ``load``, ``remove``.

Options that all commands share are made from the table of settings. Each command loads its heavy modules
itself (the one exception to "no imports in functions"), so that ``aidgraph dump`` does not load a language
model. Errors are caught in one place, :func:`run`, which the server's command line uses as well.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import AidgraphError, SettingsError
from kg.options import BUILD_SETTINGS, CORRECTED_SETTINGS, DUMP_SETTINGS, SHARED_SETTINGS, with_settings
from kg.plain import plain_line
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.intake import Spreading
    from kg.pipeline import BuildReport
    from kg.progress import Stages
    from kg.read import Piped

LONG = 10.0
"""Seconds from which a build tells what its stages took; all is in ``DATA/report.json`` anyway."""
_ENGINE_FAULTS = ("Corruption", "IO error")
"""How messages of RocksDB begin, which may come of any look into a store that was damaged on its disk."""
NOTES_SHOWN = 50
"""Notes of a build that are printed; failures always are, but in a large build thousands may tell of no aid."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aidgraph", prog_name="aidgraph")
def cli() -> None:
    """Read news articles about aid and serve who gave what to whom as linked data."""


@cli.command()
@click.argument("sources", nargs=-1)
@click.option("--id", "identifier", metavar="ID", help="Identifier of the article on standard input.")
@click.option("--format", "form", default="txt", help="What standard input is: txt, html or jsonl.  [default: txt]")
@with_settings(*BUILD_SETTINGS)
def build(sources: tuple[str, ...], identifier: str | None, form: str, settings: Settings) -> None:
    """Read SOURCES (files, folders, patterns, - for standard input; default seeds/) into the graph.

    Files end in .txt, .html or .jsonl (one article a line). Articles are added or replaced; one that is gone from a
    folder built before is removed.
    """
    with _standard_input(sources, identifier, form) as piped:
        build_and_report([piped if source == "-" else source for source in sources], settings)


@contextmanager
def _standard_input(sources: Sequence[str], identifier: str | None, form: str) -> Iterator[Piped | str]:
    """What stands for ``-`` among the sources: a copy of standard input, if it is among them."""
    from kg.read import copy_input

    if "-" in sources:
        with copy_input(sys.stdin.buffer, form=form, id=identifier) as piped:
            yield piped
    elif identifier is not None:
        raise click.UsageError("--id names the article on standard input; give - as a source as well")
    else:
        yield "-"


def build_and_report(sources: Sequence[str | Piped], settings: Settings) -> None:
    """Build and say what was done; exit with 1 if an article failed. ``aidgraph up`` shares it."""
    from kg import understand
    from kg.buildlog import write_build_log
    from kg.pipeline import build as run_build
    from kg.progress import shown_stages

    with shown_stages() as stages:
        report = run_build(sources or ("seeds",), settings, understand, progress=stages, spreading=_spreading(settings))
    write_build_log(settings.data, report, stages)
    _publish(settings)
    _print_report(report, stages)


def _spreading(settings: Settings) -> Spreading:
    """How the reading is spread: over a cluster, if one is set, else over this machine."""
    from kg.intake import read_here

    if not settings.cluster:
        return read_here
    try:
        from kg.cluster.client import read_on_cluster
    except ModuleNotFoundError as error:
        words = f"--cluster needs the package {error.name}; install it with pip install 'aidgraph[cluster]'"
        raise SettingsError(words) from error
    return read_on_cluster


@cli.command()
@click.argument("identifiers", nargs=-1, required=True, metavar="ID...")
@with_settings(*SHARED_SETTINGS, "links", "dumps", *DUMP_SETTINGS)
def remove(identifiers: tuple[str, ...], settings: Settings) -> None:
    """Take the articles of these identifiers (file names without their ending) out of the graph."""
    from kg.buildlog import write_build_log
    from kg.pipeline import remove as run_remove
    from kg.progress import shown_stages

    with shown_stages() as stages:
        report = run_remove(identifiers, settings, progress=stages)
    write_build_log(settings.data, report, stages)
    _publish(settings)
    _print_report(report, stages)


@cli.command()
@with_settings(*SHARED_SETTINGS, "links")
def candidates(settings: Settings) -> None:
    """Write into the file of links who the entities without a link to Wikidata might be, for an editor to confirm.

    Lines with a verdict (yes or no) stay as they are; the next build writes what was confirmed.
    """
    from kg.confirm.run import refresh_candidates

    click.echo(refresh_candidates(settings))


@cli.command()
@click.argument("article")
@click.option("--format", "name", default="text", type=click.Choice(["text", "json"]), help="For people or programs.")
@click.option("--id", "identifier", metavar="ID", help="Identifier of the article on standard input.")
@click.option("--input", "form", default="txt", help="What standard input is: txt, html or jsonl.  [default: txt]")
@with_settings(*CORRECTED_SETTINGS)
def explain(article: str, name: str, identifier: str | None, form: str, settings: Settings) -> None:
    """Tell what is read of ARTICLE (a file, an identifier of the graph, or -), by which rule, and why not more.

    Sentence by sentence, the way a build reads it; nothing is written to the graph.
    """
    from kg.explain.articles import asked_for
    from kg.explain.run import explain_article

    asked = asked_for(article, settings, sys.stdin.buffer, form=form, identifier=identifier)
    explain_article(asked, name, sys.stdout)


@cli.command()
@click.argument("query")
@click.option("--format", "name", default="table", help="table, json, xml, csv, tsv; ttl, nt, nq, trig, jsonld, rdf.")
@with_settings(*SHARED_SETTINGS)
def query(query: str, name: str, settings: Settings) -> None:
    """Answer QUERY (SPARQL 1.1 text, @FILE, or - for standard input)."""
    from kg.query import FORMATS, read_query, run_query, write_answer
    from kg.search.functions import TextFunctions, index_of
    from kg.store import open_snapshot

    if name not in FORMATS:
        raise click.BadParameter(f"{name!r} is none of {', '.join(FORMATS)}", param_hint="--format")
    text = read_query(query, sys.stdin)
    snapshot = open_snapshot(_attached(settings).data)
    functions = TextFunctions(functools.partial(index_of, snapshot.path.parent))
    answer = run_query(snapshot.store, text, base=settings.base, functions=functions.table)
    write_answer(answer, name, base=settings.base)
    functions.check()


@cli.command()
@click.argument("sources", nargs=-1)
@click.option("--format", "form", default="text", type=click.Choice(["text", "json", "ttl"]), help="What is printed.")
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE", help="Write the report as RDF here as well.")
@click.option("--engine", type=click.Choice(["fast", "reference"]), help="The validator.  [default: fast where it is]")
@click.option("--allow-warnings", is_flag=True, help="Exit with 0 if there are warnings only.")
@click.option("--timeout", default=60.0, type=click.FloatRange(0, min_open=True), help="Seconds an endpoint may take.")
@with_settings(*SHARED_SETTINGS)
def validate(
    sources: tuple[str, ...], form: str, report: Path | None, engine: str | None, allow_warnings: bool, timeout: float,
    settings: Settings,
) -> None:  # fmt: skip
    """Check the store, or SOURCES (RDF files, addresses of SPARQL endpoints), against the shapes; exit with 1 if a
    rule is broken.

    Files may end in .gz or .zst. Several sources are taken together as one graph.
    """
    from kg.validate.engines import DEFAULT_ENGINE
    from kg.validate.rdf import write_rdf_report
    from kg.validate.reports import conforms
    from kg.validate.run import validate_sources, write_report

    settings = settings if sources else _attached(settings)
    findings = validate_sources(sources, settings, engine=engine or DEFAULT_ENGINE, timeout=timeout)
    write_report(findings, form, sys.stdout)
    if report is not None:
        write_rdf_report(findings, report)
    if not conforms(findings, allow_warnings=allow_warnings):
        raise click.exceptions.Exit(1)


@cli.command()
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), help="Another folder.", metavar="DIR")
@with_settings(*SHARED_SETTINGS, *DUMP_SETTINGS)
def dump(folder: Path | None, settings: Settings) -> None:
    """Write the whole graph to DATA/dumps as RDF, HDT and tables, with checksums and a manifest.

    Dumps of formats that are not asked for are deleted from the folder.
    """
    from kg.counts import count_facts
    from kg.dumping import refresh_dumps
    from kg.dumps.newer import read_newer
    from kg.store import open_snapshot

    settings = _attached(settings)
    snapshot = open_snapshot(settings.data)
    left = read_newer(settings.data / "dumps")
    if left is not None and left.reason:
        click.echo(f"warning: a build left its dumps for later, and they could not be written: {left.reason}", err=True)
    counts = count_facts(snapshot.store)
    manifest = refresh_dumps(snapshot, settings, counts, to=folder)
    for one in manifest.left_out:
        click.echo(f"warning: no dump in {one.format}: {one.reason}", err=True)
    click.echo(f"{folder or settings.data / 'dumps'}: {_counted(len(manifest.files), 'file')}; {counts}")


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@with_settings(*SHARED_SETTINGS)
def publish(folder: Path, settings: Settings) -> None:
    """Copy the newest version of the graph, its index and its dumps to DIR, for replicas to follow.

    A replica is `aidgraph serve --data DIR`, and sees a version whole or not at all. Older ones go when nobody
    reads them.
    """
    from kg.publish import publish as run_publish

    done = run_publish(settings.data, folder)
    state = "is published" if done.is_new else "was there already"
    size = f"{_counted(done.linked, 'file')} linked, {done.copied / 1e6:,.1f} MB copied"
    removed = _counted(len(done.removed), "older version")
    without = "" if done.has_dumps else "; without dumps"
    click.echo(f"{folder}: {done.version} {state}; {size}; {removed} deleted{without}")


@cli.command()
@click.argument("to", type=click.Path(path_type=Path), metavar="TO")
@click.option("--patience", default=600.0, type=click.FloatRange(0), help="Seconds to wait for builds.  [default: 600]")
@with_settings(*SHARED_SETTINGS)
def backup(to: Path, patience: float, settings: Settings) -> None:
    """Copy the newest version of the graph, with all that builds need to go on, to TO: a new folder, or FILE.tar.zst.

    Servers go on, and so do builds. Dumps are not in it: the next build writes them.
    """
    from kg.backup import back_up

    done = back_up(settings.data, to, base=settings.base, patience=patience)
    size = f"{_counted(done.files, 'file')}, {done.size / 1e6:,.1f} MB before packing"
    click.echo(f"{to}: version {done.version}; {size}")


@cli.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="FROM")
@click.option("--replace", is_flag=True, help="Take the place of the graph that is in DATA.")
@with_settings(*SHARED_SETTINGS)
def restore(source: Path, replace: bool, settings: Settings) -> None:
    """Bring the backup FROM into DATA, after all its checksums were compared.

    A graph that is there is left alone unless --replace is given; then it is served until the other one is whole.
    """
    from kg.restore import restore as run_restore

    done = run_restore(source, settings.data, over=replace)
    if done.base != settings.base:
        click.echo(f"warning: it was built with --base {done.base}; set that, or the next build renames all", err=True)
    click.echo(f"{settings.data}: holds {_counted(done.quads, 'quad')} of version {done.version} again")


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@with_settings(*SHARED_SETTINGS)
def load(files: tuple[Path, ...], settings: Settings) -> None:
    """Load RDF FILES (.ttl, .nt, .nq, .trig, .jsonld, .rdf, also .gz) straight into the store.

    What is loaded stays when articles are built again.
    """
    from kg.loading import load_files

    if settings.store:
        from kg.remote.loading import load_elsewhere

        click.echo(f"{_counted(load_elsewhere(_attached(settings), files), 'quad')} sent to the store")
        return
    click.echo(f"{_counted(load_files(settings.data, files), 'quad')} added")


@cli.command()
@with_settings(*SHARED_SETTINGS)
def refresh(settings: Settings) -> None:
    """Take the store at --store for changed: whoever serves DATA reads and lists it anew."""
    if not settings.store:
        raise click.UsageError("name a store with --store; the embedded one tells of its changes itself")
    from kg.remote.attaching import attached

    attached(settings, always=True)
    click.echo("a new version is served")


def _attached(settings: Settings) -> Settings:
    """The settings for working with the store that they name, if they name one."""
    if not settings.store:
        return settings
    from kg.remote.attaching import attached

    return attached(settings)


def _publish(settings: Settings) -> None:
    """Bring what was built into the store that the settings name, if they name one."""
    if settings.store:
        from kg.remote.pushing import push

        done = push(settings)
        told = f"{_counted(done.added, 'quad')} added, {done.removed:,} removed"
        click.echo(f"{told} in the store by {_counted(done.requests, 'request')} in {done.seconds:.1f} s")


def run(group: click.Group, arguments: Sequence[str] | None = None) -> int:
    """Run a command line; the exit code. The one place where errors become a line."""
    try:
        result = group.main(arguments, prog_name="aidgraph", standalone_mode=False)
    except AidgraphError as error:
        return _fail(str(error))
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _fail("stopped", code=130)  # as a shell reports a command ended by SIGINT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `aidgraph query … | head` is no error
        return 0
    except OSError as error:
        return _fail(f"{error}; see to it that there is room and that files may be written, then do it again")
    except RuntimeError as error:
        if not str(error).startswith(_ENGINE_FAULTS):
            raise
        return _fail(
            f"the store in the data folder is damaged ({error}); delete its `store` and `stores` and run `aidgraph "
            "build` again (what `load` added has to be loaded again), or bring back a backup with `aidgraph restore "
            "FROM --replace`"
        )
    return result if isinstance(result, int) else 0


def _fail(message: str, *, code: int = 1) -> int:
    click.echo(f"aidgraph: {plain_line(message)}", err=True)
    return code


def _print_report(report: BuildReport, stages: Stages) -> None:
    """Failures, notes and findings a line each on standard error, then the summary; exit with 1 if one failed."""
    for failure in report.intake.failures:
        click.echo(f"failed: {plain_line(failure)}", err=True)
    for note in report.intake.notes[:NOTES_SHOWN]:
        click.echo(f"note: {plain_line(note)}", err=True)
    if more := report.intake.notes[NOTES_SHOWN:]:
        click.echo(f"note: and {_counted(len(more), 'note')} more; build an article alone to see its own", err=True)
    for warning in report.warnings:
        click.echo(f"warning: {plain_line(warning)}", err=True)
    for finding in report.findings:
        click.echo(f"finding: {plain_line(str(finding))}", err=True)
    click.echo(summary(report))
    if report.seconds >= LONG:
        click.echo(stages.told)
    if report.intake.failures:
        raise click.exceptions.Exit(1)


def summary(report: BuildReport) -> str:
    """``2 articles, 8 events, …, 1,234 quads in 5.1 s``, with what went wrong or away, if anything did."""
    notes = {
        "removed": len(report.intake.removed),
        "failed": len(report.intake.failures),
        _counted(len(report.findings), "SHACL finding").partition(" ")[2]: len(report.findings),
    }
    said = "".join(f"; {number:,} {what}" for what, number in notes.items() if number)
    return f"{report.counts} in {report.seconds:.1f} s{said}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
