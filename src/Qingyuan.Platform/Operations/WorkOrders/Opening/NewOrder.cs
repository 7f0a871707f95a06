using Qingyuan.Platform.Alarms.Contracts;

namespace Qingyuan.Platform.Operations.WorkOrders.Opening;

/// <summary>What an order is opened with.</summary>
/// <param name="Title">A typed title; with <paramref name="TitleCode"/> its Chinese sentence.</param>
/// <param name="Technician">User name; null leaves it to the station's own, or to whoever accepts.</param>
/// <param name="Alarm">The alarm it is opened for; null when a person opens it.</param>
internal sealed record NewOrder(
    int StationNo, string Kind, string Title, string TitleCode, IReadOnlyDictionary<string, string> TitleArgs, string? Technician, AlarmView? Alarm);
