using Qingyuan.Platform.Alarms.Notifications;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Alarms;

/// <summary>Mail over STARTTLS on a real socket: a password leaves only once the other end has proved who it is.</summary>
public class MailTransportTests
{
    [Fact]
    [Requirement("R-5.7.2-2")]
    public async Task With_starttls_the_password_and_the_message_travel_encrypted()
    {
        using var authority = new TestAuthority();
        await using var mail = new MailPeer(authority.FromRoot());
        await using var bench = await OpenAsync(mail, authority.Root.ExportCertificatePem());
        Assert.Equal((MessageState.Sent, null), await SendAsync(bench));
        Assert.Single(mail.Received);
        Assert.Equal(("platform", "s3cret", true), Assert.Single(mail.SignIns));
    }

    [Fact]
    public async Task A_server_with_a_certificate_nobody_vouches_for_gets_neither_password_nor_message()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        await using var mail = new MailPeer(authority.FromRoot());
        foreach (var trusted in new[] { null, other.Root.ExportCertificatePem() })
        {
            await using var bench = await OpenAsync(mail, trusted);
            var (state, error) = await SendAsync(bench);
            Assert.Equal(MessageState.Pending, state);
            Assert.NotNull(error);
        }

        Assert.Empty(mail.Received);
        Assert.Empty(mail.SignIns);
    }

    [Fact]
    public async Task A_server_that_offers_no_starttls_is_not_spoken_to_in_the_clear()
    {
        await using var mail = new MailPeer();
        await using var bench = await OpenAsync(mail, null);
        var (state, error) = await SendAsync(bench);
        Assert.Equal(MessageState.Pending, state);
        Assert.Contains("STARTTLS", error, StringComparison.Ordinal);
        Assert.Empty(mail.Received);
        Assert.Empty(mail.SignIns);
    }

    private static async Task<AlarmBench> OpenAsync(MailPeer mail, string? authority)
    {
        var bench = await AlarmBench.OpenAsync(Engine.Sqlite);
        Dictionary<string, string> settings = new() { ["host"] = "127.0.0.1", ["port"] = $"{mail.Port}", ["security"] = "starttls", ["from"] = "qingyuan@example.org", ["user"] = "platform" };
        if (authority is not null) settings["ca"] = authority;
        await bench.ChannelAsync("mail", ChannelKind.Email, settings, new() { ["password"] = "s3cret" });
        await bench.OnCallAsync("li@mail");
        return bench;
    }

    private static async Task<(MessageState State, string? Error)> SendAsync(AlarmBench bench)
    {
        await bench.RaiseAsync();
        await bench.SendAsync();
        var message = Assert.Single(await bench.MessagesAsync());
        return (message.State, message.Error);
    }
}
