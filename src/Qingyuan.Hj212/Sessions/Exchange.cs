using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;

namespace Qingyuan.Hj212.Sessions;

/// <summary>One question and what came of it, seen from the end that asked: the whole state machine of HJ 212-2017 6.1 and 6.5. No clock, no socket.</summary>
/// <remarks>
/// A value: keep it where you like, also across restarts. Late and repeated replies change nothing once it has ended, and a reply that its kind of exchange does not have is ignored.
/// QN identifies an exchange together with MN; 2005 loggers that reply without QN cannot be told apart, and their replies belong to whoever asked last.
/// </remarks>
/// <param name="Mn">The station.</param>
/// <param name="Qn">QN of the first frame and of all its resends.</param>
/// <param name="Command">CN.</param>
/// <param name="Answer">What ends it.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Sends">How often the frame was sent, resends included.</param>
/// <param name="DueAt">When <see cref="Tick"/> has something to do; the past when it has ended.</param>
public sealed record Exchange(string Mn, string Qn, int Command, AnswerKind Answer, ExchangePhase Phase, int Sends, DateTimeOffset DueAt)
{
    /// <summary>The code of the reply that ended it: QnRtn when refused, ExeRtn when done or failed; null when none was sent.</summary>
    public int? Code { get; init; }

    /// <summary>Nothing will change it any more.</summary>
    public bool HasEnded => Phase >= ExchangePhase.Done;

    /// <summary>The exchange of a frame that is being sent for the first time.</summary>
    public static Exchange Begin(string mn, string qn, int command, AnswerKind answer, LinkTiming timing, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(timing);
        var ends = answer is AnswerKind.None;
        return new(mn, qn, command, answer, ends ? ExchangePhase.Done : ExchangePhase.Sent, 1, ends ? now : now + timing.OverTime);
    }

    /// <summary>9011.</summary>
    public Exchange RequestReplied(RequestResult result, LinkTiming timing, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(timing);
        if (Phase is not ExchangePhase.Sent || !HasResult) return this;
        return result is RequestResult.Ready
            ? this with { Phase = ExchangePhase.Acknowledged, DueAt = now + timing.Execution }
            : Ended(ExchangePhase.Refused, (int)result, now);
    }

    /// <summary>Data with the QN of the question. Each part moves the end of waiting; a logger that sends data has taken the question, whether its 9011 arrived or not.</summary>
    public Exchange DataCame(LinkTiming timing, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(timing);
        return HasEnded || !HasResult ? this : this with { Phase = ExchangePhase.Executing, DueAt = now + timing.Execution };
    }

    /// <summary>9012. It counts without a 9011 before it too: that frame may have been lost.</summary>
    public Exchange Executed(ExecutionResult result, DateTimeOffset now) =>
        HasEnded || !HasResult ? this : Ended(result is ExecutionResult.Done ? ExchangePhase.Done : ExchangePhase.Failed, (int)result, now);

    /// <summary>9013 for a notice, 9014 for data.</summary>
    public Exchange Received(AnswerKind reply, DateTimeOffset now) =>
        HasEnded || reply != Answer || HasResult ? this : Ended(ExchangePhase.Done, null, now);

    /// <summary>Time has passed. <c>Resend</c>: the same frame, same QN, goes out again.</summary>
    public (Exchange Next, bool Resend) Tick(LinkTiming timing, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(timing);
        if (HasEnded || now < DueAt) return (this, false);
        if (Phase is not ExchangePhase.Sent) return (Ended(ExchangePhase.Expired, null, now), false);
        return Sends <= timing.Resends
            ? (this with { Sends = Sends + 1, DueAt = now + timing.OverTime }, true)
            : (Ended(ExchangePhase.Unanswered, null, now), false);
    }

    private bool HasResult => Answer is AnswerKind.Result or AnswerKind.DataAndResult;

    private Exchange Ended(ExchangePhase phase, int? code, DateTimeOffset now) => this with { Phase = phase, Code = code, DueAt = now };
}
