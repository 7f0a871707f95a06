using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Qingyuan.Platform.Alarms.Notifications.Channels;

/// <summary>Mail over SMTP. Settings: <c>host</c>, <c>port</c>, <c>security</c> (<c>tls</c>, <c>starttls</c>, <c>none</c>), <c>from</c>, <c>user</c>, <c>ca</c> (certificate of a private authority, PEM); secret: <c>password</c>.</summary>
/// <remarks>Credentials never travel in the clear: with <c>none</c> a user is refused. Sending is called only after <see cref="FirstFault"/> found all settings there.</remarks>
internal sealed class EmailChannel : INotificationChannel
{
    public bool Serves(ChannelKind kind) => kind is ChannelKind.Email;

    public string? FirstFault(ChannelSetup setup)
    {
        if (setup.Get("host") is null) return "host";
        if (!int.TryParse(setup.Get("port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535) return "port";
        if (Security(setup) is null) return "security";
        if (!MailboxAddress.TryParse(setup.Get("from") ?? "", out _)) return "from";
        if (setup.Get("ca") is { } pem && PrivateAuthority.Read(pem) is null) return "ca";
        return setup.Get("user") is not null && Security(setup) is SecureSocketOptions.None ? "security" : null;
    }

    public async Task<SendOutcome> SendAsync(ChannelSetup setup, OutgoingMessage message, CancellationToken ct)
    {
        if (!MailboxAddress.TryParse(message.Address, out var to)) return SendOutcome.Failed($"not a mail address: {message.Address}");
        try
        {
            using var client = new SmtpClient();
            using var authority = setup.Get("ca") is { } pem ? PrivateAuthority.Read(pem) : null;
            if (authority is not null) client.ServerCertificateValidationCallback = PrivateAuthority.Accepts(authority);
            await client.ConnectAsync(setup.Get("host")!, int.Parse(setup.Get("port")!, CultureInfo.InvariantCulture), Security(setup)!.Value, ct);
            if (setup.Get("user") is { } user) await client.AuthenticateAsync(user, setup.Get("password") ?? "", ct);
            await client.SendAsync(Mail(setup, message, to), ct);
            await client.DisconnectAsync(quit: true, ct);
            return SendOutcome.Sent;
        }
        catch (Exception error) when (error is IOException or SocketException or CommandException or ProtocolException or AuthenticationException or SslHandshakeException or NotSupportedException)
        {
            return SendOutcome.Failed(error.Message);
        }
    }

    private static MimeMessage Mail(ChannelSetup setup, OutgoingMessage message, MailboxAddress to)
    {
        var from = MailboxAddress.Parse(setup.Get("from")!);
        var mail = new MimeMessage { Subject = message.Title, Body = new TextPart("plain") { Text = Body(message) } };
        mail.From.Add(from);
        mail.To.Add(to);
        // The same id on a second try lets the reader's mail program fold the two.
        mail.MessageId = $"{message.Id:N}@{from.Domain}";
        return mail;
    }

    private static string Body(OutgoingMessage message) => string.Join('\n', new[] { message.Text, message.Link, message.ReceiptLink }.Where(part => part is not null));

    private static SecureSocketOptions? Security(ChannelSetup setup) => setup.Get("security") switch
    {
        null or "tls" => SecureSocketOptions.SslOnConnect,
        "starttls" => SecureSocketOptions.StartTls,
        "none" => SecureSocketOptions.None,
        _ => null,
    };
}
