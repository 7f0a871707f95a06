using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Security.Contracts;

/// <summary>二次验证: a person shows the second factor again right before an act that needs it.</summary>
/// <remarks>Held in memory and per sign-in: after a restart, on another node or in another browser it is asked anew.</remarks>
public interface ISecondFactor
{
    /// <summary>A code was given over this sign-in within the last <see cref="FreshFor"/>.</summary>
    bool IsFresh(ICurrentActor person);

    /// <summary>How long a code counts.</summary>
    TimeSpan FreshFor { get; }

    /// <summary>Takes a code and returns until when it counts. Refuses <c>totp.not-enrolled</c>, <c>totp.code-wrong</c>, <c>sign-in.locked</c>; failures count towards the lock-out.</summary>
    Task<Result<DateTimeOffset>> StepUpAsync(ICurrentActor person, string code, CancellationToken ct);
}
