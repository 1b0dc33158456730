import matplotlib.pyplot as plt
import numpy as np
from sklearn.manifold import TSNE


def tsne_map(points, perplexity=10, seed=0):
    """Return the t-SNE map of the points: one row per point, two columns."""
    points = np.asarray(points)
    perplexity = min(perplexity, (len(points) - 1) / 3)
    model = TSNE(perplexity=perplexity, init="random", method="exact", max_iter=300, random_state=seed)
    return model.fit_transform(points)


def draw_maps(pca_scores, tsne_scores, labels):
    """Draw the PCA map on the left and the t-SNE map on the right, coloured by label; return the figure."""
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
