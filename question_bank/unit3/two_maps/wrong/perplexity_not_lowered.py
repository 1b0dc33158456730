"""Passes the perplexity on as it is, which t-SNE refuses for few points.

Caught by: test_small_map
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.manifold import TSNE


def tsne_map(points, perplexity=10, seed=0):
    points = np.asarray(points)
    model = TSNE(perplexity=perplexity, init="random", method="exact", max_iter=300, random_state=seed)
    return model.fit_transform(points)


def draw_maps(pca_scores, tsne_scores, labels):
    labels = np.asarray(labels)
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.6), layout="constrained")
    for axes, scores in ((left, pca_scores), (right, tsne_scores)):
        for number, label in enumerate(np.unique(labels)):
            across, up = np.asarray(scores)[labels == label].T
            axes.scatter(across, up, marker=".", color=f"C{number}", label=f"cluster {label}")
    left.set_title("PCA: a view from the widest side")
    left.set_xlabel("Component 1")
    left.set_ylabel("Component 2")
    left.legend()
    right.set_title("t-SNE: who is whose neighbour")
    right.set_xticks([])
    right.set_yticks([])
    return figure
