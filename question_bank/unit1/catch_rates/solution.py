import matplotlib.pyplot as plt
import pandas as pd


def catch_rates(table, group, hours, per=100):
    """Return birds, hours and rate of each net, the highest rate first."""
    hours = pd.Series(hours).sort_index()
    birds = table[group].value_counts().reindex(hours.index, fill_value=0)
    rates = pd.DataFrame({"birds": birds, "hours": hours, "rate": per * birds / hours})
    return rates.sort_values("rate", ascending=False, kind="stable")


def plot_rates(rates, unit):
    """Draw a bar for each net, with the number of birds at it; return the figure."""
    figure, axes = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    bars = axes.bar(rates.index, rates["rate"])
    axes.bar_label(bars, [f"{number}" for number in rates["birds"]], label_type="center")
    axes.set_title("Catch of each net (numbers of birds on the bars)")
    axes.set_xlabel("Net")
    axes.set_ylabel(unit)
    return figure
