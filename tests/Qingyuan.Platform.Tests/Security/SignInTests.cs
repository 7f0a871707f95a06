using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Security.SignIn;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Security;

[Requirement("R-5.7.2-1a")]
public class SignInTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_one_time_password_opens_nothing_before_it_is_changed(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        var secret = (await house.Accounts.AddAsync("zhang", Roles.Technician, null, SecurityHouse.Admin, default)).Value;
        var first = await house.SignIn.PasswordAsync("ZHANG", secret.Password, "::1", default);
        Assert.Equal(SignInOutcome.PasswordChangeNeeded, first.Outcome);
        Assert.Null(first.Session);
        var (id, stamp) = (first.Account!.Id, first.Account.SecurityStamp);
        Assert.Equal(SignInOutcome.PasswordWeak, (await house.SignIn.ChangePasswordAsync(id, stamp, secret.Password, "short", "::1", "password", true, default)).Outcome);
        Assert.Equal(SignInOutcome.PasswordSame, (await house.SignIn.ChangePasswordAsync(id, stamp, secret.Password, secret.Password, "::1", "password", true, default)).Outcome);
        Assert.Equal(SignInOutcome.SignedIn, (await house.SignIn.ChangePasswordAsync(id, stamp, secret.Password, SecurityHouse.Password, "::1", "password", true, default)).Outcome);
        Assert.Equal(SignInOutcome.Wrong, (await house.SignIn.PasswordAsync("zhang", secret.Password, "::1", default)).Outcome);
        Assert.Equal(SignInOutcome.SignedIn, (await house.SignIn.PasswordAsync("zhang", SecurityHouse.Password, "::1", default)).Outcome);
        Assert.Contains("auth.password.change", house.Entries.Kinds);
        Assert.Contains("auth.login.ok", house.Entries.Kinds);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Five_failures_lock_even_the_right_password_out_for_ten_minutes(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        await house.ActiveAsync("li");
        for (var failure = 1; failure < 5; failure++)
            Assert.Equal(SignInOutcome.Wrong, (await house.SignIn.PasswordAsync("li", "nonsense", "::1", default)).Outcome);
        Assert.Equal(SignInOutcome.Locked, (await house.SignIn.PasswordAsync("li", "nonsense", "::1", default)).Outcome);
        Assert.Equal(SignInOutcome.Locked, (await house.SignIn.PasswordAsync("li", SecurityHouse.Password, "::1", default)).Outcome);
        Assert.Contains("auth.lock-out", house.Entries.Kinds);
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(SignInOutcome.SignedIn, (await house.SignIn.PasswordAsync("li", SecurityHouse.Password, "::1", default)).Outcome);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_unknown_name_is_answered_like_a_wrong_password_and_recorded(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        Assert.Equal(SignInOutcome.Wrong, (await house.SignIn.PasswordAsync("nobody\u0000\n", "x", "::1", default)).Outcome);
        Assert.Equal(["auth.login.fail"], house.Entries.Kinds);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.7.1-4")]
    public async Task A_second_factor_is_asked_for_cannot_be_skipped_and_no_code_is_good_twice(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        await house.ActiveAsync("wang");
        var actor = new Actor("u:wang", Roles.Technician, "self", "password");
        var enrolment = (await house.Accounts.StartTotpAsync(actor, default)).Value;
        var key = FromBase32(enrolment.Key);
        Assert.False((await house.Accounts.ConfirmTotpAsync("000000", actor, default)).IsOk);
        var recovery = (await house.Accounts.ConfirmTotpAsync(Code(house, key), actor, default)).Value;
        Assert.Equal(10, recovery.Count);

        var half = await house.SignIn.PasswordAsync("wang", SecurityHouse.Password, "::1", default);
        Assert.Equal(SignInOutcome.CodeNeeded, half.Outcome);
        var (id, stamp) = (half.Account!.Id, half.Account.SecurityStamp);
        Assert.NotEqual(SignInOutcome.SignedIn, (await house.SignIn.ChangePasswordAsync(id, stamp, SecurityHouse.Password, "another long password", "::1", "password", pending: true, default)).Outcome);
        Assert.Equal(SignInOutcome.CodeWrong, (await house.SignIn.CodeAsync(id, stamp, Code(house, key), "::1", default)).Outcome);
        house.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(SignInOutcome.SignedIn, (await house.SignIn.CodeAsync(id, stamp, Code(house, key), "::1", default)).Outcome);
        Assert.Equal(SignInOutcome.SignedIn, (await house.SignIn.CodeAsync(id, stamp, recovery[3], "::1", default)).Outcome);
        Assert.Equal(SignInOutcome.CodeWrong, (await house.SignIn.CodeAsync(id, stamp, recovery[3], "::1", default)).Outcome);
    }

    [Fact]
    public async Task A_wrong_code_after_a_lock_has_expired_is_a_wrong_code()
    {
        await using var house = await SecurityHouse.BuildAsync(Engine.Sqlite);
        await house.ActiveAsync("wang");
        var actor = new Actor("u:wang", Roles.Technician, "self", "password");
        var key = FromBase32((await house.Accounts.StartTotpAsync(actor, default)).Value.Key);
        await house.Accounts.ConfirmTotpAsync(Code(house, key), actor, default);
        var half = (await house.SignIn.PasswordAsync("wang", SecurityHouse.Password, "::1", default)).Account!;
        for (var failure = 0; failure < 5; failure++) await house.SignIn.CodeAsync(half.Id, half.SecurityStamp, "nonsense", "::1", default);
        Assert.Equal(SignInOutcome.Locked, (await house.SignIn.CodeAsync(half.Id, half.SecurityStamp, "nonsense", "::1", default)).Outcome);
        house.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(SignInOutcome.CodeWrong, (await house.SignIn.CodeAsync(half.Id, half.SecurityStamp, "nonsense", "::1", default)).Outcome);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_session_ends_after_fifteen_idle_minutes_and_after_eight_hours_whatever_happens(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        await house.ActiveAsync("zhao");
        var idle = await house.SignIn.PasswordAsync("zhao", SecurityHouse.Password, "::1", default);
        Assert.True(await AliveAsync(house, idle));
        house.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.True(await AliveAsync(house, idle));
        house.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.False(await AliveAsync(house, idle));

        var busy = await house.SignIn.PasswordAsync("zhao", SecurityHouse.Password, "::1", default);
        for (var step = 0; step < 47; step++)
        {
            Assert.True(await AliveAsync(house, busy));
            house.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        house.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.False(await AliveAsync(house, busy));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Signing_out_disabling_and_a_new_password_end_sessions_at_once(Engine engine)
    {
        await using var house = await SecurityHouse.BuildAsync(engine);
        await house.ActiveAsync("sun");
        var one = await house.SignIn.PasswordAsync("sun", SecurityHouse.Password, "::1", default);
        var two = await house.SignIn.PasswordAsync("sun", SecurityHouse.Password, "::1", default);
        Assert.True(await AliveAsync(house, one) && await AliveAsync(house, two));
        Assert.True(await house.SignIn.SignOutAsync(one.Session!.Id, default));
        Assert.False(await AliveAsync(house, one));
        Assert.True(await AliveAsync(house, two));
        await house.Accounts.DisableAsync("sun", SecurityHouse.Admin, default);
        Assert.False(await AliveAsync(house, two));
        Assert.Equal(SignInOutcome.Wrong, (await house.SignIn.PasswordAsync("sun", SecurityHouse.Password, "::1", default)).Outcome);
    }

    private static Task<bool> AliveAsync(SecurityHouse house, SignInResult signedIn) =>
        house.Sessions.IsAliveAsync(signedIn.Session!.Id, signedIn.Account!.SecurityStamp, active: true, default);

    private static string Code(SecurityHouse house, byte[] key) => Totp.Code(key, house.Clock.GetUtcNow().ToUnixTimeSeconds() / 30);

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }
}
