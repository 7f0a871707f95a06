using System.Text.Json;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Console.Analysis;

/// <summary>Lines behind the stations of a map, such as borders of districts: <c>boundary.geojson</c> in the data directory, put there by the administrator. No map data come with the product.</summary>
internal sealed class BoundaryFile(DataDirectory data)
{
    /// <summary>More points than a picture shows only cost time.</summary>
    private const int MostPoints = 50_000;

    private readonly Lock _gate = new();
    private (DateTime WrittenAt, IReadOnlyList<double[][]> Lines, string? Fault)? _read;

    public string Path => System.IO.Path.Combine(data.Root, "boundary.geojson");

    /// <summary>Each line as points of longitude and latitude; empty when there is no file or it cannot be read.</summary>
    /// <param name="fault">Why it cannot be read; null when it can, or is not there.</param>
    public IReadOnlyList<double[][]> Lines(out string? fault)
    {
        lock (_gate)
        {
            var written = File.GetLastWriteTimeUtc(Path);
            if (_read?.WrittenAt != written) _read = Read(written);
            fault = _read.Value.Fault;
            return _read.Value.Lines;
        }
    }

    private (DateTime, IReadOnlyList<double[][]>, string?) Read(DateTime written)
    {
        try
        {
            if (!File.Exists(Path)) return (written, [], null);
            using var file = File.OpenRead(Path);
            using var json = JsonDocument.Parse(file);
            var lines = new List<double[][]>();
            Gather(json.RootElement, lines);
            return lines.Sum(line => line.Length) is > MostPoints and var points ? (written, [], $"{points} > {MostPoints}") : (written, lines, null);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            return (written, [], error.Message);
        }
    }

    // Whatever stands around them: every list of points is a line.
    private static void Gather(JsonElement element, List<double[][]> lines)
    {
        if (element.ValueKind is JsonValueKind.Object)
            foreach (var member in element.EnumerateObject()) Gather(member.Value, lines);
        if (element.ValueKind is not JsonValueKind.Array) return;
        if (element.GetArrayLength() > 1 && element.EnumerateArray().All(IsPoint)) lines.Add([.. element.EnumerateArray().Select(point => new[] { point[0].GetDouble(), point[1].GetDouble() })]);
        else
            foreach (var each in element.EnumerateArray()) Gather(each, lines);
    }

    private static bool IsPoint(JsonElement element) => element.ValueKind is JsonValueKind.Array && element.GetArrayLength() >= 2 && element.EnumerateArray().All(number => number.ValueKind is JsonValueKind.Number);
}
