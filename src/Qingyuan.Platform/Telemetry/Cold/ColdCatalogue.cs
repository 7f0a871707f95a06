using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Cold;

/// <summary>Which parts there are. A part is there when its manifest is: that is written last, and without it files are leftovers of a move that was cut off.</summary>
internal sealed class ColdCatalogue(DataDirectory data, TelemetryOptions options)
{
    private const string Manifest = "manifest-";
    private const string Ending = ".json";
    private const string Aside = ".damaged";
    private const string Mended = ".mended";

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, bool> _checked = new(StringComparer.Ordinal);
    private Dictionary<int, ColdPart[]> _months = [];
    private DateTime _readAt;

    public string Folder { get; } = Path.GetFullPath(options.ColdFolder ?? Path.Combine(data.Telemetry, "cold"));

    public IReadOnlyList<ColdPart> All() => [.. Read().OrderBy(month => month.Key).SelectMany(month => month.Value)];

    /// <summary>In order of their numbers.</summary>
    public IReadOnlyList<ColdPart> Of(int month) => Read().TryGetValue(month, out var parts) ? parts : [];

    public string PathOf(ColdFile file) => Path.Combine(Folder, file.Name);

    public string ValuesOf(ColdPart part) => PathOf(part.Files[0]);

    public string SourcesOf(ColdPart part) => PathOf(part.Files[1]);

    /// <summary>The name of a part's file; the first part of a month goes without number.</summary>
    public static string NameOf(string kind, string month, int number) => number is 1 ? $"{kind}-{month}.parquet" : string.Create(CultureInfo.InvariantCulture, $"{kind}-{month}-{number}.parquet");

    /// <summary>A number that no part of the month ever had, damaged ones included.</summary>
    public int NextNumber(int month)
    {
        var start = Manifest + MonthName.Of(month) + "-";
        return Directory.EnumerateFiles(Folder, start + "*").Select(path => Number(Path.GetFileName(path)[start.Length..])).DefaultIfEmpty(0).Max() + 1;
    }

    /// <summary>From here on the part is there. Its files have their names already; their folder is synced with the manifest.</summary>
    public void Add(ColdPart part)
    {
        new PhysicalDisk(Folder).Replace(ManifestOf(part), JsonSerializer.SerializeToUtf8Bytes(part, JsonSerializerOptions.Web));
        Forget();
    }

    /// <summary>Takes a damaged part out of the way; its files stay. From then on its values are to be made anew.</summary>
    /// <exception cref="FileNotFoundException">Its month was deleted.</exception>
    public void SetAside(ColdPart part) => Rename(part, "", Aside);

    /// <summary>The reverse: what cannot be made anew is to be missed, not to be absent.</summary>
    /// <exception cref="FileNotFoundException">Its month was deleted.</exception>
    public void TakeBack(ColdPart part) => Rename(part, Aside, "");

    /// <summary>Its values are on disk again, elsewhere.</summary>
    /// <exception cref="FileNotFoundException">Its month was deleted.</exception>
    public void MarkMended(ColdPart part) => Rename(part, Aside, Mended);

    /// <summary>Whether it is set aside and not mended.</summary>
    public bool IsSetAside(ColdPart part) => File.Exists(Path.Combine(Folder, ManifestOf(part) + Aside));

    /// <summary>Parts that are set aside and not mended.</summary>
    public IReadOnlyList<ColdPart> Unmended() => With(Aside);

    /// <summary>Parts that were set aside once, whose values are made anew.</summary>
    public IReadOnlyList<ColdPart> EverSetAside(int month) => [.. With(Aside).Concat(With(Mended)).Where(part => ColdFormat.MonthOf(part.Month) == month)];

    /// <summary>Removes a month, damaged parts too. Manifests first: a part without one is not there.</summary>
    public void Remove(int month)
    {
        if (!Directory.Exists(Folder)) return;
        var name = MonthName.Of(month);
        foreach (var kind in (string[])["manifest", "values", "sources"])
        foreach (var path in Directory.EnumerateFiles(Folder, $"{kind}-{name}*")) File.Delete(path);
        Forget();
    }

    /// <summary>Removes what a move that was cut off left of a month.</summary>
    public void Sweep(int month)
    {
        var name = MonthName.Of(month);
        var known = Directory.EnumerateFiles(Folder, Manifest + name + "-*").Where(path => !path.EndsWith(".tmp", StringComparison.Ordinal)).SelectMany(path => Parsed(path).Files).Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var kind in (string[])["values", "sources"])
        foreach (var path in Directory.EnumerateFiles(Folder, $"{kind}-{name}*").Where(path => !known.Contains(Path.GetFileName(path)))) File.Delete(path);
    }

    /// <summary>Reads the file through and compares it with its manifest.</summary>
    /// <exception cref="ColdFileException">It is another one, or not there.</exception>
    public void Check(ColdFile file, Pace pace, CancellationToken ct)
    {
        _checked.TryRemove(file.Sha256, out _);
        if (!File.Exists(PathOf(file)) || Sha256(PathOf(file), pace, ct) != file.Sha256) throw new ColdFileException(file.Name);
        _checked[file.Sha256] = true;
    }

    /// <summary>The same, once in the life of this process: a value that a flipped bit changed is not given out.</summary>
    public void CheckOnce(ColdPart part)
    {
        foreach (var file in part.Files)
            if (!_checked.ContainsKey(file.Sha256)) Check(file, Pace.Full, default);
    }

    public static string Sha256(string path, Pace pace, CancellationToken ct)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
        {
            hash.AppendData(buffer.AsSpan(0, read));
            pace.After(read, ct);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Another node may have moved a month: the folder's own time tells.</summary>
    private Dictionary<int, ColdPart[]> Read()
    {
        var folder = new DirectoryInfo(Folder);
        if (!folder.Exists) return [];
        lock (_gate)
        {
            if (folder.LastWriteTimeUtc == _readAt) return _months;
            var at = folder.LastWriteTimeUtc; // before reading: what comes meanwhile is read the next time
            _months = Directory.EnumerateFiles(Folder, Manifest + "*" + Ending).Select(Parsed).GroupBy(part => ColdFormat.MonthOf(part.Month)).ToDictionary(month => month.Key, month => month.OrderBy(part => part.Number).ToArray());
            _readAt = at;
            return _months;
        }
    }

    private List<ColdPart> With(string state) => Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, Manifest + "*" + Ending + state).Order(StringComparer.Ordinal).Select(Parsed)] : [];

    private void Rename(ColdPart part, string from, string to)
    {
        var manifest = Path.Combine(Folder, ManifestOf(part));
        File.Move(manifest + from, manifest + to, overwrite: true);
        Forget();
    }

    private void Forget()
    {
        lock (_gate) _readAt = default;
    }

    private static ColdPart Parsed(string path) => JsonSerializer.Deserialize<ColdPart>(File.ReadAllBytes(path), JsonSerializerOptions.Web) ?? throw new ColdFileException(Path.GetFileName(path));

    private static string ManifestOf(ColdPart part) => string.Create(CultureInfo.InvariantCulture, $"{Manifest}{part.Month}-{part.Number}{Ending}");

    private static int Number(string rest) => int.TryParse(rest.AsSpan(0, Math.Max(0, rest.IndexOf('.', StringComparison.Ordinal))), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
