"""Agglomerative clustering of sparse graphs by average linkage."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence


def average_linkage(
    sizes: Sequence[int], scores: Mapping[tuple[int, int], float], *, floor: float, threshold: float
) -> list[list[int]]:
    """Items 0 … n-1 in clusters: the two with the highest mean score merge, until none is above `threshold`.

    `sizes` are the weights of the items; pairs without a score have the score `floor`, which must be
    the lowest. Takes O(p log p) for p scored pairs.
    """
    links = _Links(sizes, scores, floor)
    heap = [(-links.mean(i, j), i, j) for i, j in scores if links.mean(i, j) > threshold]
    heapq.heapify(heap)
    while heap:
        _, i, j = heapq.heappop(heap)
        if i not in links.members or j not in links.members:
            continue
        new = links.merge(i, j)
        for other in links.sums[new]:
            mean = links.mean(new, other)
            if mean > threshold:
                heapq.heappush(heap, (-mean, other, new))
    return list(links.members.values())


class _Links:
    """Clusters, and for every two the sum of what their items' scores are above the floor."""

    def __init__(self, sizes: Sequence[int], scores: Mapping[tuple[int, int], float], floor: float) -> None:
        self._floor = floor
        self.members = {i: [i] for i in range(len(sizes))}
        self._sizes = dict(enumerate(sizes))
        self.sums: dict[int, dict[int, float]] = {i: {} for i in range(len(sizes))}
        for (i, j), score in scores.items():
            self.sums[i][j] = self.sums[j][i] = (score - floor) * sizes[i] * sizes[j]
        self._next = len(sizes)

    def mean(self, i: int, j: int) -> float:
        """The mean score between two clusters."""
        return self.sums[i][j] / (self._sizes[i] * self._sizes[j]) + self._floor

    def merge(self, i: int, j: int) -> int:
        """Merge two clusters; the number of the new one."""
        new, self._next = self._next, self._next + 1
        self.members[new] = self.members.pop(i) + self.members.pop(j)
        self._sizes[new] = self._sizes.pop(i) + self._sizes.pop(j)
        sums = self.sums.pop(i)
        for other, value in self.sums.pop(j).items():
            sums[other] = sums.get(other, 0.0) + value
        self.sums[new] = {other: value for other, value in sums.items() if other in self.members}
        for other, value in self.sums[new].items():
            row = self.sums[other]
            row.pop(i, None)
            row.pop(j, None)
            row[new] = value
        return new
