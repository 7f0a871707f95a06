using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Alarms;
using Qingyuan.Platform.Operations;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Alarms;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Peers;

/// <summary>The slices' endpoints on a real server. Who asks stands in headers: <c>X-User</c>, <c>X-Role</c>, <c>X-Scope</c> (station numbers).</summary>
internal sealed class ApiBench : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiBench(WebApplication app) => (_app, Http) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.First()) });

    public HttpClient Http { get; }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<ApiBench> OpenAsync(Engine engine)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var before = builder.Services.Count;
        AlarmBench.AddSlices(builder.Services, new FakeTimeProvider(AlarmBench.Start));
        for (var at = builder.Services.Count - 1; at >= before; at--)
            if (builder.Services[at].ServiceType == typeof(IHostedService)) builder.Services.RemoveAt(at);
        await TestDatabase.AddAsync(builder.Services, engine);
        builder.Services.AddHttpContextAccessor().AddScoped<ICurrentActor, HeaderActor>().AddProblemDetails();
        builder.Services.AddAuthentication("headers").AddScheme<AuthenticationSchemeOptions, HeaderHandler>("headers", null);
        var policies = builder.Services.AddAuthorizationBuilder();
        foreach (var policy in typeof(Policies).GetFields().Select(each => (string)each.GetRawConstantValue()!)) policies.AddPolicy(policy, rule => rule.RequireAuthenticatedUser());
        var app = builder.Build();
        app.UseAuthentication().UseAuthorization();
        app.MapGroup("/api/v1").MapAlarms().MapOperations();
        await app.Services.MigrateAsync(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app);
    }

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null, string user = "zhao", string role = Roles.Dispatcher, string? scope = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) };
        if (user.Length > 0) request.Headers.Add("X-User", user);
        request.Headers.Add("X-Role", role);
        if (scope is not null) request.Headers.Add("X-Scope", scope);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default);
    }

    public Task<(int Status, JsonElement Body)> GetAsync(string path, string? scope = null) => SendAsync(HttpMethod.Get, path, scope: scope);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class HeaderActor(IHttpContextAccessor http) : ICurrentActor
    {
        public Actor Actor => new("u:" + Header("X-User"), Header("X-Role"), "org", "token");

        public IReadOnlySet<int>? StationScope => Header("X-Scope") is { Length: > 0 } scope
            ? scope.Split(',').Select(each => int.Parse(each, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet()
            : null;

        private string Header(string name) => http.HttpContext!.Request.Headers[name].ToString();
    }

    private sealed class HeaderHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers["X-User"].ToString() is { Length: > 0 } user
                ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, user)], "headers")), "headers"))
                : AuthenticateResult.NoResult());
    }
}
