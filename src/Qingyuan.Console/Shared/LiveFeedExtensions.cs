using System.Globalization;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Shared;

internal static class LiveFeedExtensions
{
    /// <summary>Subscribes for a circuit: what is pushed from outside is drawn in the language of the circuit's reader.</summary>
    public static IDisposable SubscribeReader(this ILiveFeed feed, IReadOnlySet<int>? stations, Func<StationSnapshot, Task> onChange)
    {
        var culture = CultureInfo.CurrentUICulture;
        return feed.Subscribe(stations, async snapshot =>
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            await onChange(snapshot);
        });
    }
}
