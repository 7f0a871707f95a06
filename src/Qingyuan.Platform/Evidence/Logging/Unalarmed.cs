using Qingyuan.Platform.Evidence.Contracts;

namespace Qingyuan.Platform.Evidence.Logging;

/// <summary>Where no slice calls people (the command line, a test of this slice alone): the log line is all.</summary>
internal sealed class Unalarmed : IEvidenceAlarm
{
    public Task StalledAsync(string why, CancellationToken ct) => Task.CompletedTask;

    public Task RecoveredAsync(CancellationToken ct) => Task.CompletedTask;
}
