using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Security;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Security.SignIn;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Security;

/// <summary>The slice alone on a fresh database, with a clock the test moves and a journal it reads.</summary>
internal sealed class SecurityHouse : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private SecurityHouse(ServiceProvider provider) => _provider = provider;

    public FakeTimeProvider Clock => _provider.GetRequiredService<FakeTimeProvider>();

    public Journal Entries => _provider.GetRequiredService<Journal>();

    public DataDirectory Data => _provider.GetRequiredService<DataDirectory>();

    public IAccounts Accounts => _provider.GetRequiredService<IAccounts>();

    public SignInDesk SignIn => _provider.GetRequiredService<SignInDesk>();

    public SessionDesk Sessions => _provider.GetRequiredService<SessionDesk>();

    public IServiceProvider Services => _provider;

    public static Actor Admin { get; } = new("u:root", Roles.SecurityAdmin, "self", "password");

    public static async Task<SecurityHouse> BuildAsync(Engine engine)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));
        var journal = new Journal();
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddSingleton(journal).AddSingleton<ISecurityJournal>(journal)
            .AddSingleton(new DataDirectory(Directory.CreateTempSubdirectory("qingyuan-sec-").FullName))
            .AddSecurity(new ConfigurationBuilder().Build());
        await TestDatabase.AddAsync(services, engine);
        var provider = services.BuildServiceProvider();
        await provider.MigrateAsync(default);
        return new(provider);
    }

    /// <summary>An account whose one-time password was changed to <c>correct horse battery</c>.</summary>
    public async Task<AccountView> ActiveAsync(string name, string role = Roles.Technician)
    {
        var secret = (await Accounts.AddAsync(name, role, role == Roles.Discharger ? "org" : null, Admin, default)).Value;
        var first = await SignIn.PasswordAsync(name, secret.Password, "127.0.0.1", default);
        var changed = await SignIn.ChangePasswordAsync(first.Account!.Id, first.Account.SecurityStamp, secret.Password, Password, "127.0.0.1", "password", pending: true, default);
        Assert.Equal(SignInOutcome.SignedIn, changed.Outcome);
        return secret.Account;
    }

    public const string Password = "correct horse battery";

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}

/// <summary>Remembers the kinds of what was recorded.</summary>
internal sealed class Journal : ISecurityJournal
{
    public List<string> Kinds { get; } = [];

    /// <summary>What is about this subject fails, as if the process had died there.</summary>
    public string? Refused { get; set; }

    public void Record(QingyuanDb db, string kind, string subject, Actor actor, DateTimeOffset at, IReadOnlyDictionary<string, string> body)
    {
        if (subject == Refused) throw new InvalidOperationException("refused by the test");
        db.AfterCommit(() => Kinds.Add(kind));
    }
}
