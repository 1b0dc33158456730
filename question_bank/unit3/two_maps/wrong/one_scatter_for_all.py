"""Draws all points in one call, so that no legend can name them.

Caught by: test_points_drawn, test_colours_and_names, test_every_call_a_new_figure
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.manifold import TSNE


def tsne_map(points, perplexity=10, seed=0):
    points = np.asarray(points)
    perplexity = min(perplexity, (len(points) - 1) / 3)
    model = TSNE(perplexity=perplexity, init="random", method="exact", max_iter=300, random_state=seed)
    return model.fit_transform(points)


def draw_maps(pca_scores, tsne_scores, labels):
    labels = np.asarray(labels)
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.6), layout="constrained")
    for axes, scores in ((left, pca_scores), (right, tsne_scores)):
        across, up = np.asarray(scores).T
        axes.scatter(across, up, marker='.', c=labels, cmap="tab10", label="points")
    left.set_title("PCA: a view from the widest side")
    left.set_xlabel("Component 1")
    left.set_ylabel("Component 2")
    left.legend()
    right.set_title("t-SNE: who is whose neighbour")
    right.set_xticks([])
    right.set_yticks([])
    return figure
