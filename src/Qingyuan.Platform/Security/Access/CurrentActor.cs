using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Platform.Security.Access;

/// <summary>The person of the circuit, else of the request.</summary>
internal sealed class CurrentActor(CircuitPerson circuit, IHttpContextAccessor http, IOrganisationStations stations) : ICurrentActor
{
    public Actor Actor => Person?.ToActor() ?? throw new InvalidOperationException("Nobody is signed in here: the endpoint or page lacks a policy.");

    public string Credential => Person?.FindFirst(ActorClaims.Session)?.Value ?? Actor.Authentication;

    // Dischargers see their outlets, regulators those they were assigned; who works here sees the installation.
    public IReadOnlySet<int>? StationScope => Actor switch
    {
        { Role: Roles.Discharger } own => stations.Of([own.Organisation]),
        { Role: Roles.Regulator, Organisation.Length: > 0 } assigned => stations.Of(assigned.OrganisationCodes()),
        _ => null,
    };

    private ClaimsPrincipal? Person => circuit.Person ?? http.HttpContext?.User;
}

/// <summary>Who this circuit belongs to; empty outside circuits.</summary>
internal sealed class CircuitPerson
{
    public ClaimsPrincipal? Person { get; set; }
}
