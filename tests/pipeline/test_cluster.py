"""The same build on a cluster of workers of Dask: the code that ``--jobs`` runs, and the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import joblib
import pytest
from memories import TAGS, write

from termalign.pipeline import memory, weighing
from termalign.pipeline.build import build

if TYPE_CHECKING:
    from pathlib import Path

distributed = pytest.importorskip("distributed", reason="the extra 'dask' is not installed")

FILES = ("glossary.jsonl", "evidence.jsonl", "abstained.jsonl", "aligned.jsonl", "aligned.tmx", "documents.jsonl")


@pytest.mark.clients
def test_a_cluster_gives_the_bytes_of_a_serial_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "N_CHUNK", 200)  # so that there are several chunks
    monkeypatch.setattr(weighing, "N_WEIGHED", 20)
    path = write(tmp_path / "memory.tsv", *TAGS)
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    lines += [line.replace("。", "！").replace(".", "!") for line in lines] * 8
    path.write_text("\n".join([head, *(f"{line} {n}" for n, line in enumerate(lines))]), encoding="utf-8")
    build([path], tmp_path / "serial")
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            local_directory=str(tmp_path / "dask"),
        ) as cluster,
        distributed.Client(cluster),
        joblib.parallel_config(backend="dask"),
    ):
        build([path], tmp_path / "cluster", jobs=2)
    for name in FILES:
        assert (tmp_path / "serial" / name).read_bytes() == (tmp_path / "cluster" / name).read_bytes(), name
