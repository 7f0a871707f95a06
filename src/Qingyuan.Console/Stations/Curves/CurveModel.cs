namespace Qingyuan.Console.Stations.Curves;

/// <summary>What charts.js draws. Times are station wall clock as UTC milliseconds.</summary>
/// <param name="Description">Read out by screen readers.</param>
/// <param name="Empty">Said in place of curves when there is nothing to draw.</param>
internal sealed record CurveModel(
    long From, long To, string Description, string Empty, IReadOnlyList<CurveGroup> Groups, IReadOnlyList<CurveBand> Bands, IReadOnlyList<CurveFlag> Flags);

/// <summary>Series that share a unit share an axis.</summary>
/// <param name="FloorMax">The axis reaches at least here, so that a limit stays in sight.</param>
internal sealed record CurveGroup(string Unit, decimal? FloorMax, decimal? FloorMin, IReadOnlyList<CurveSeries> Series);

/// <param name="Id"><see cref="CurveChannel"/> as text; comes back with a click.</param>
/// <param name="First">The one series that carries the bands of its group.</param>
/// <param name="Points"><c>[time, value, text, flag, frame, hollow]</c>; value null is a gap.</param>
/// <param name="Hollow">Points whose mark or verdict speaks against them: drawn, never joined.</param>
internal sealed record CurveSeries(
    string Id, string Name, int Colour, bool Derived, bool First, IReadOnlyList<CurveLimit> Limits, IReadOnlyList<object?[]> Points, IReadOnlyList<object?[]> Hollow);

internal sealed record CurveLimit(decimal At, string Text);

/// <param name="State">care, bad, warn, doubt, off.</param>
internal sealed record CurveBand(long From, long To, string Text, string State);

/// <param name="Kind">alarm, order, calibration.</param>
/// <param name="Link">Where a click leads, null for nowhere.</param>
internal sealed record CurveFlag(long At, string Kind, string Text, string State, string? Link);

/// <summary>Newer points of one series.</summary>
internal sealed record CurveAddition(string Id, IReadOnlyList<object?[]> Points, IReadOnlyList<object?[]> Hollow);
