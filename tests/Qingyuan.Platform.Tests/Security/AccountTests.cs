using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Security;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Security.SignIn;
using Qingyuan.Platform.Security.Tokens;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Security;

public class AccountTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Work_goes_only_to_a_technician_s_account_in_use(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        await house.Accounts.AddAsync("Li", Roles.Technician, null, SecurityHouse.Admin, default);
        await house.Accounts.AddAsync("zhao", Roles.Dispatcher, null, SecurityHouse.Admin, default);
        var technicians = house.Services.GetRequiredService<ITechnicians>();
        await using var db = house.Services.GetRequiredService<IDatabase>().Read();
        Assert.Equal("Li", await technicians.FindAsync(db, "li", default));
        Assert.Null(await technicians.FindAsync(db, "zhao", default));
        Assert.Null(await technicians.FindAsync(db, "nobody", default));
        await house.Accounts.DisableAsync("Li", SecurityHouse.Admin, default);
        Assert.Null(await technicians.FindAsync(db, "Li", default));
        await house.Accounts.EnableAsync("Li", SecurityHouse.Admin, default);
        Assert.Equal("Li", await technicians.FindAsync(db, "Li", default));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.7.1-2")]
    public async Task The_first_start_makes_three_administrators_and_a_file_that_empties_itself(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        var made = await house.Services.PrepareSecurityAsync(sample: false, default);
        Assert.Equal(Roles.Administrators, made.Select(account => account.Name));
        Assert.Equal(3, made.Select(account => account.Password).Distinct().Count());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(house.Data.FirstSignIn));
        Assert.Empty(await house.Services.PrepareSecurityAsync(sample: false, default));

        foreach (var account in made)
        {
            Assert.Contains($"{account.Name} {account.Password}", File.ReadAllLines(house.Data.FirstSignIn));
            var half = await house.SignIn.PasswordAsync(account.Name, account.Password, "::1", default);
            await house.SignIn.ChangePasswordAsync(half.Account!.Id, half.Account.SecurityStamp, account.Password, SecurityHouse.Password, "::1", "password", true, default);
        }

        Assert.False(File.Exists(house.Data.FirstSignIn));
    }

    [Fact]
    public async Task A_first_start_that_dies_half_way_loses_no_password()
    {
        await using var house = await SecurityHouse.BuildAsync(Engine.Sqlite);
        house.Entries.Refused = "account:" + Roles.Administrators[1];
        await Assert.ThrowsAsync<InvalidOperationException>(() => house.Services.PrepareSecurityAsync(sample: false, default));
        house.Entries.Refused = null;
        Assert.Equal(Roles.Administrators.Skip(1), (await house.Services.PrepareSecurityAsync(sample: false, default)).Select(account => account.Name));
        var lines = File.ReadAllLines(house.Data.FirstSignIn).Select(line => line.Split(' ')).ToArray();
        Assert.Equal(Roles.Administrators, lines.Select(line => line[0]));
        foreach (var line in lines)
            Assert.Equal(SignInOutcome.PasswordChangeNeeded, (await house.SignIn.PasswordAsync(line[0], line[1], "::1", default)).Outcome);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.7.1-3")]
    public async Task No_account_holds_two_of_the_three_administrator_roles(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        Assert.True((await house.Accounts.AddAsync("qian", Roles.SystemAdmin, null, SecurityHouse.Admin, default)).IsOk);
        Assert.Equal("account.administrators-disjoint", (await house.Accounts.AddAsync("Qian", Roles.AuditAdmin, null, SecurityHouse.Admin, default)).Refusal.Code);
        Assert.Equal("account.name-taken", (await house.Accounts.AddAsync("qian", Roles.Technician, null, SecurityHouse.Admin, default)).Refusal.Code);
        Assert.Equal(Roles.SystemAdmin, (await house.Accounts.FindAsync("qian", default))!.Role);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_last_security_administrator_cannot_be_disabled(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        await house.ActiveAsync("a", Roles.SecurityAdmin);
        Assert.Equal("account.last-security-admin", (await house.Accounts.DisableAsync("a", SecurityHouse.Admin, default)).Refusal.Code);
        await house.ActiveAsync("b", Roles.SecurityAdmin);
        Assert.True((await house.Accounts.DisableAsync("a", SecurityHouse.Admin, default)).IsOk);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_reset_lifts_lock_and_second_factor_and_gives_a_one_time_password(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        await house.ActiveAsync("zhou");
        for (var failure = 0; failure < 5; failure++) await house.SignIn.PasswordAsync("zhou", "nonsense", "::1", default);
        var secret = (await house.Accounts.ResetPasswordAsync("zhou", SecurityHouse.Admin, default)).Value;
        Assert.Equal(SignInOutcome.PasswordChangeNeeded, (await house.SignIn.PasswordAsync("zhou", secret.Password, "::1", default)).Outcome);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_token_acts_until_it_expires_or_is_revoked_and_its_secret_is_not_kept(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        var desk = house.Services.GetRequiredService<TokenDesk>();
        var day = (await house.Accounts.CreateTokenAsync("day", Roles.Regulator, "a,b", 1, SecurityHouse.Admin, default)).Value;
        Assert.Equal("a,b", (await desk.WhoAsync(day.Secret, default))!.Organisation);
        Assert.Null(await desk.WhoAsync(day.Secret + "x", default));
        house.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await desk.WhoAsync(day.Secret, default));

        var ever = (await house.Accounts.CreateTokenAsync("ever", Roles.Dispatcher, null, null, SecurityHouse.Admin, default)).Value;
        Assert.NotNull(await desk.WhoAsync(ever.Secret, default));
        await house.Accounts.RevokeTokenAsync(ever.Token.Id, SecurityHouse.Admin, default);
        Assert.Null(await desk.WhoAsync(ever.Secret, default));
        Assert.Equal("account.organisation-missing", (await house.Accounts.CreateTokenAsync("d", Roles.Discharger, null, null, SecurityHouse.Admin, default)).Refusal.Code);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_token_in_a_persons_name_needs_that_person_in_that_role(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        await house.ActiveAsync("wu");
        Assert.Equal("token.user-invalid", (await house.Accounts.CreateTokenAsync("t", Roles.Dispatcher, null, null, "wu", SecurityHouse.Admin, default)).Refusal.Code);
        var token = (await house.Accounts.CreateTokenAsync("t", Roles.Technician, null, null, "wu", SecurityHouse.Admin, default)).Value;
        var desk = house.Services.GetRequiredService<TokenDesk>();
        Assert.Equal("u:wu", (await desk.WhoAsync(token.Secret, default))!.Id);
        await house.Accounts.DisableAsync("wu", SecurityHouse.Admin, default);
        house.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Null(await desk.WhoAsync(token.Secret, default));
    }
}
