using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Platform.Exchange.Contracts;

/// <summary>Whose deliveries a person sees.</summary>
public static class DeliverySights
{
    /// <summary>Null for who sees the whole installation: all of them; everybody else sees those to an organisation of theirs.</summary>
    public static IReadOnlySet<string>? DeliverySight(this ICurrentActor current)
    {
        ArgumentNullException.ThrowIfNull(current);
        return current.StationScope is null ? null : current.Actor.OrganisationCodes().ToHashSet(StringComparer.Ordinal);
    }
}
