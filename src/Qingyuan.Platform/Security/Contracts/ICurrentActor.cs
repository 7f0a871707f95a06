namespace Qingyuan.Platform.Security.Contracts;

/// <summary>The signed-in actor of this request or circuit.</summary>
public interface ICurrentActor
{
    /// <exception cref="InvalidOperationException">Nobody is signed in: a missing policy, thus a bug.</exception>
    Actor Actor { get; }

    /// <summary>The sign-in by which the actor acts: a session's id, or the word <c>token</c>.</summary>
    string Credential => Actor.Authentication;

    /// <summary>The account's stations, null when it may see all of the installation.</summary>
    IReadOnlySet<int>? StationScope { get; }
}
