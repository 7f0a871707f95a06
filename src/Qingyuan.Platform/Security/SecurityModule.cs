using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qingyuan.Platform.Security.Access;
using Qingyuan.Platform.Security.Accounts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Security.FirstAccounts;
using Qingyuan.Platform.Security.Secrets;
using Qingyuan.Platform.Security.SignIn;
using Qingyuan.Platform.Security.Tokens;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Texts;

namespace Qingyuan.Platform.Security;

/// <summary>What the composition root knows of the slice.</summary>
public static class SecurityModule
{
    public static IServiceCollection AddSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(new Organisation(configuration[Organisation.Setting] ?? Organisation.Unnamed));
        services.AddOptions<SecurityOptions>().Bind(configuration.GetSection(SecurityOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IModelPart, SecurityModel>()
            .AddSingleton(new Sentences(typeof(SecurityModule)))
            .AddSecrets()
            .AddAccounts()
            .AddAccess();
    }

    public static IEndpointRouteBuilder MapSecurity(this IEndpointRouteBuilder api)
    {
        AccountEndpoints.Map(api);
        TokenEndpoints.Map(api);
        return api;
    }

    /// <summary>The forms of the console's sign-in pages, at the root.</summary>
    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder root)
    {
        SignInEndpoints.Map(root);
        return root;
    }

    /// <summary>After the schema is up to date, before anything is served: the accounts of a first start, to be shown once.</summary>
    public static Task<IReadOnlyList<FirstAccount>> PrepareSecurityAsync(this IServiceProvider provider, bool sample, CancellationToken ct) =>
        provider.GetRequiredService<FirstStart>().RunAsync(sample, ct);

    /// <summary>Holds the wrapping key against what the database keeps sealed.</summary>
    /// <exception cref="IOException">It is another one.</exception>
    public static Task RequireSecretsKeyAsync(this IServiceProvider provider, CancellationToken ct) => provider.GetRequiredService<SecretsKeyCheck>().RequireAsync(ct);

    private static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("qingyuan");
        services.AddOptions<KeyManagementOptions>().Configure<IDatabase, ISecretProtector>((options, database, secrets) => options.XmlRepository = new ProtectionKeys(database, secrets));
        return services.AddSingleton<WrappingKey>().AddSingleton<ISecretProtector, SecretProtector>().AddSingleton<SecretsKeyCheck>();
    }

    private static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddOptions<IdentityOptions>().Configure(options =>
        {
            options.Password.RequiredLength = 12;
            options.Password.RequiredUniqueChars = 6;
            options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
            options.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@";
        });
        return services
            .AddSingleton<IPasswordHasher<AccountRow>, PasswordHasher<AccountRow>>()
            .AddSingleton<IUserValidator<AccountRow>, UserValidator<AccountRow>>()
            .AddSingleton<IPasswordValidator<AccountRow>, PasswordValidator<AccountRow>>()
            .AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>()
            .AddSingleton<AccountManagers>().AddSingleton<SessionDesk>().AddSingleton<TotpDesk>().AddSingleton<TokenDesk>().AddSingleton<SignInDesk>().AddSingleton<ISecondFactor, StepUpDesk>()
            .AddSingleton<AccountsDesk>().AddSingleton<IAccounts>(provider => provider.GetRequiredService<AccountsDesk>())
            .AddSingleton<ITechnicians, Technicians>()
            .AddSingleton<FirstSignInFile>().AddSingleton<FirstStart>();
    }

    private static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddAuthenticationWays();
        services.AddAuthorization(options =>
        {
            foreach (var (policy, roles) in RolePolicies.Table) options.AddPolicy(policy, builder => builder.RequireRole(roles));
            // An endpoint without a policy is a mistake and is denied; only Blazor's own plumbing carries none.
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new BlazorPlumbing()).Build();
        });
        services.Configure<RateLimiterOptions>(limiter => limiter.AddPolicy<string, SignInLimit>(SignInLimit.Policy));
        services.AddAntiforgery(options => (options.Cookie.Name, options.Cookie.SecurePolicy) = ("qingyuan.form", CookieSecurePolicy.SameAsRequest));
        return services
            .AddSingleton<IAuthorizationHandler, BlazorPlumbingHandler>()
            .AddHttpContextAccessor()
            .AddScoped<CircuitPerson>()
            .AddScoped<ICurrentActor, CurrentActor>()
            .AddScoped<AuthenticationStateProvider, CircuitSession>()
            .AddScoped<CircuitHandler, CircuitPersonHandler>();
    }
}
