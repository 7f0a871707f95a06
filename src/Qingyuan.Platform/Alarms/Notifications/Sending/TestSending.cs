using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Alarms.Notifications.Channels;
using Qingyuan.Platform.Alarms.Notifications.Configuring;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Alarms.Notifications.Sending;

/// <summary>One message that says it is a test, sent while the person waits: not in the outbox, no receipt, but in the ledger.</summary>
internal sealed class TestSending(IDatabase database, ChannelStore channels, SettingsRecorder recorder, IOptions<AlarmsOptions> options, TimeProvider clock)
{
    public async Task<Result<TestOutcome>> SendAsync(string channel, string? address, Actor actor, CancellationToken ct)
    {
        if (InputText.Fault(address, 256) is { } fault) return new FieldFault("address", fault);
        if (await channels.OpenAsync(channel, ct, evenWhenOff: true) is not (var setup, var sender)) return new FieldFault("name", new Fault(AlarmTexts.All, "channel-unknown"));
        var error = (await TrySendAsync(sender, setup, Message(actor, address ?? ""), ct)).Error;
        await database.WriteAsync(
            (db, _) =>
            {
                recorder.Record(db, "test", channel, actor, new JsonObject { ["address"] = address ?? "", ["sent"] = error is null, ["error"] = error ?? "" });
                return Task.FromResult(true);
            },
            CancellationToken.None); // it went out: that is recorded even when the asker left
        return new TestOutcome(error);
    }

    private async Task<SendOutcome> TrySendAsync(INotificationChannel sender, ChannelSetup setup, OutgoingMessage message, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(options.Value.SendTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await sender.SendAsync(setup, message, both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return SendOutcome.Failed($"no answer within {options.Value.SendTimeout.TotalSeconds} s");
        }
        catch (Exception error) when (!ct.IsCancellationRequested) // outermost for one message: whatever its channel throws is the answer
        {
            return SendOutcome.Failed(error.Message);
        }
    }

    private OutgoingMessage Message(Actor actor, string address)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["who"] = actor.Id,
            ["at"] = StationClock.Wall(clock.GetUtcNow()).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        };
        return new(
            Guid.CreateVersion7(clock.GetUtcNow()), actor.Id, address, AlarmTexts.All.Say("test.title", places), AlarmTexts.All.Say("test.text", places),
            AlarmTexts.Code(AlarmSeverity.Notice), "test", null, null);
    }
}
