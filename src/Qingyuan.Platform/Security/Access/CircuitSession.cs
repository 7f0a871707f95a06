using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Security.SignIn;

namespace Qingyuan.Platform.Security.Access;

/// <summary>Asks again and again whether the session behind a circuit is alive: a circuit has no requests that could be refused.</summary>
internal sealed class CircuitSession(ILoggerFactory log, SessionDesk sessions) : RevalidatingServerAuthenticationStateProvider(log)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(20);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        IsAliveAsync(authenticationState.User, active: false, cancellationToken);

    /// <summary>The person moved within the console.</summary>
    public async Task SeenAsync() => await IsAliveAsync((await GetAuthenticationStateAsync()).User, active: true, CancellationToken.None);

    private Task<bool> IsAliveAsync(ClaimsPrincipal person, bool active, CancellationToken ct) =>
        Guid.TryParse(person.FindFirstValue(ActorClaims.Session), out var id)
            ? sessions.IsAliveAsync(id, person.FindFirstValue(ActorClaims.Stamp) ?? "", active, ct)
            : Task.FromResult(false);
}

/// <summary>Gives the circuit its person, and tells the session when that person moves.</summary>
internal sealed class CircuitPersonHandler(CircuitPerson holder, AuthenticationStateProvider states, NavigationManager navigation) : CircuitHandler, IDisposable
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        holder.Person = (await states.GetAuthenticationStateAsync()).User;
        states.AuthenticationStateChanged += OnChanged;
        navigation.LocationChanged += OnMoved;
    }

    public void Dispose()
    {
        states.AuthenticationStateChanged -= OnChanged;
        navigation.LocationChanged -= OnMoved;
    }

    private async void OnChanged(Task<AuthenticationState> state) => holder.Person = (await state).User;

    private async void OnMoved(object? sender, LocationChangedEventArgs moved)
    {
        if (states is CircuitSession session) await session.SeenAsync();
    }
}
