using System.Globalization;
using System.Reflection;

namespace Qingyuan.SampleSite.Series;

/// <summary>An extract of a public series (see Data/README.md): rows at a fixed step, interpolated between, repeating at the end.</summary>
internal sealed class PublicSeries
{
    private readonly TimeSpan _step;
    private readonly string[] _columns;
    private readonly decimal[][] _rows;

    private PublicSeries(TimeSpan step, string[] columns, decimal[][] rows) => (_step, _columns, _rows) = (step, columns, rows);

    public static PublicSeries GasTurbine { get; } = Load("gas-turbine.csv", TimeSpan.FromHours(1));

    public static PublicSeries River { get; } = Load("river.csv", TimeSpan.FromMinutes(15));

    /// <summary>The column's value at a wall-clock moment.</summary>
    public decimal At(string column, DateTime wall)
    {
        var index = Array.IndexOf(_columns, column);
        if (index < 0) throw new ArgumentException($"No column {column}.", nameof(column));
        var steps = wall.Ticks / _step.Ticks;
        var fraction = (decimal)(wall.Ticks % _step.Ticks) / _step.Ticks;
        var (from, to) = (_rows[steps % _rows.Length][index], _rows[(steps + 1) % _rows.Length][index]);
        return from + ((to - from) * fraction);
    }

    private static PublicSeries Load(string resource, TimeSpan step)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"No {resource} inside.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rows = lines.Skip(1).Select(line => line.Split(',').Select(cell => decimal.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        return new(step, lines[0].Trim().Split(','), rows);
    }
}
