using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Contracts;

/// <summary>One thing a logger does otherwise than the standard says.</summary>
/// <param name="Rule">Stable code, such as <c>LengthWrong</c>.</param>
/// <param name="Text">The sentence, in the reader's language.</param>
/// <param name="Clause">Where the standard says how it should be.</param>
/// <param name="Frames">Of the frames looked at, how many do so.</param>
/// <param name="Newest">When it was seen last.</param>
/// <param name="Example">The newest frame that does so.</param>
public sealed record Deviation(string Rule, string Text, string Clause, int Frames, DateTimeOffset Newest, FrameId Example);

/// <summary>What a station's logger does wrong, learnt from its newest frames.</summary>
/// <param name="Looked">Frames looked at.</param>
/// <param name="From">When the oldest of them came; null when there is none.</param>
/// <param name="Deviations">Most frequent first; empty when all keep to the standard.</param>
public sealed record DeviationProfile(int Looked, DateTimeOffset? From, IReadOnlyList<Deviation> Deviations);

/// <summary>偏差画像: computed from the frames as they were received, so it is never out of date and cannot be edited.</summary>
public interface IDeviations
{
    /// <summary>Of the newest frames of an MN, also those that were refused.</summary>
    Task<DeviationProfile> OfAsync(string mn, CancellationToken ct);
}
