using System.Globalization;
using Qingyuan.Platform.Evidence.Contracts;

namespace Qingyuan.Platform.Evidence.Recording;

/// <summary>Where no archive is registered: the number is the place.</summary>
internal sealed class NumberedPlaces : ILedgerPlaces
{
    public static string SiteOf(int stationNo) => string.Create(CultureInfo.InvariantCulture, $"station:{stationNo}");

    public LedgerPlace? Of(int stationNo) => new(SiteOf(stationNo), "");
}
