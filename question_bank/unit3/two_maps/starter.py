import matplotlib.pyplot as plt
import numpy as np
from sklearn.manifold import TSNE


def tsne_map(points, perplexity=10, seed=0):
    """Return the t-SNE map of the points: one row per point, two columns."""
    ...


def draw_maps(pca_scores, tsne_scores, labels):
    """Draw the PCA map on the left and the t-SNE map on the right, coloured by label; return the figure."""
    ...
