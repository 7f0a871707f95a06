using System.Diagnostics.CodeAnalysis;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>Lets stations share what is filed alike for them: of thousands most have one of a few lists of factors, and one discharger's names.</summary>
internal sealed class AlikeStations
{
    private readonly Dictionary<IReadOnlyList<FactorSetting>, IReadOnlyList<FactorSetting>> _factors = new(new SameFactors());
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The same, with parts of stations seen before.</summary>
    public StationInfo Sharing(StationInfo station) => station with
    {
        DischargerCode = Text(station.DischargerCode), DischargerName = Text(station.DischargerName), Outlet = Text(station.Outlet), PermitNo = Text(station.PermitNo),
        Industry = Text(station.Industry), Technician = Text(station.Technician), Address = Text(station.Address), Factors = Of(_factors, station.Factors),
    };

    [return: NotNullIfNotNull(nameof(text))]
    private string? Text(string? text) => text is null ? null : Of(_texts, text);

    private static T Of<T>(Dictionary<T, T> known, T one)
        where T : notnull
    {
        if (known.TryGetValue(one, out var first)) return first;
        known.Add(one, one);
        return one;
    }

    private sealed class SameFactors : IEqualityComparer<IReadOnlyList<FactorSetting>>
    {
        public bool Equals(IReadOnlyList<FactorSetting>? one, IReadOnlyList<FactorSetting>? other) => one!.SequenceEqual(other!);

        public int GetHashCode(IReadOnlyList<FactorSetting> factors) => factors.Aggregate(factors.Count, (hash, factor) => HashCode.Combine(hash, factor));
    }
}
