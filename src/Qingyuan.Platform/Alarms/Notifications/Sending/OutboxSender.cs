using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Alarms.Notifications.Channels;
using Qingyuan.Platform.Alarms.Notifications.Configuring;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms.Notifications.Sending;

/// <summary>Sends what is due in the outbox over one channel, each message at least once: a crash between sending and noting it sends again.</summary>
internal sealed class OutboxSender(
    IDatabase database, ChannelStore channels, MessageWriter writer, IOptions<AlarmsOptions> options, TimeProvider clock, ILogger<OutboxSender> log)
{
    private const int Batch = 100;

    /// <summary>The channels over which something is due now.</summary>
    public async Task<IReadOnlyList<string>> DueChannelsAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = database.Read();
        return await Due(db, now).Select(row => row.Channel).Distinct().ToListAsync(ct);
    }

    /// <summary>Tries what is due over <paramref name="channel"/>, oldest first; returns how many messages there were, 0 when nothing is left.</summary>
    public async Task<int> SendDueAsync(string channel, CancellationToken ct)
    {
        var due = await DueAsync(channel, ct);
        foreach (var message in due)
            if (await ClaimAsync(message, ct)) await SendOneAsync(message, ct);
        return due.Count;
    }

    private async Task<List<MessageRow>> DueAsync(string channel, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = database.Read();
        return await Due(db, now).Where(row => row.Channel == channel).OrderBy(row => row.DueAt).Take(Batch).ToListAsync(ct);
    }

    private static IQueryable<MessageRow> Due(QingyuanDb db, DateTimeOffset now) =>
        db.Set<MessageRow>().Where(row => row.State == MessageState.Pending && row.DueAt <= now);

    /// <summary>Moves the row ahead of every other sender; false when another one was first.</summary>
    private Task<bool> ClaimAsync(MessageRow message, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var until = clock.GetUtcNow() + (3 * options.Value.SendTimeout);
            return await db.Set<MessageRow>()
                .Where(row => row.Id == message.Id && row.State == MessageState.Pending && row.DueAt == message.DueAt)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, until), token) == 1;
        },
        ct);

    private async Task SendOneAsync(MessageRow message, CancellationToken ct)
    {
        var notice = await NoticeAsync(message.NoticeId, ct);
        var outgoing = writer.Write(notice, message);
        var outcome = await TrySendAsync(message.Channel, outgoing, ct);
        if (outcome.Error is { } error) Log.SendFailed(log, message.Id, message.Channel, message.Attempts + 1, error);
        await database.WriteAsync(
            async (db, token) =>
            {
                var row = await db.Set<MessageRow>().SingleAsync(each => each.Id == message.Id, token);
                Note(row, outgoing, outcome, clock.GetUtcNow());
                return true;
            },
            ct);
    }

    private async Task<SendOutcome> TrySendAsync(string channel, OutgoingMessage message, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(options.Value.SendTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            if (await channels.OpenAsync(channel, ct) is not (var setup, var sender)) return SendOutcome.Failed("channel missing or switched off");
            return await sender.SendAsync(setup, message, both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return SendOutcome.Failed($"no answer within {options.Value.SendTimeout.TotalSeconds} s");
        }
        catch (Exception error) when (!ct.IsCancellationRequested && error is not DbException) // outermost for one message: whatever its channel throws is a try that failed
        {
            return SendOutcome.Failed(error.Message);
        }
    }

    private void Note(MessageRow row, OutgoingMessage message, SendOutcome outcome, DateTimeOffset now)
    {
        row.Attempts++;
        row.Error = outcome.Error is { Length: > 500 } tooLong ? tooLong[..500] : outcome.Error;
        row.Text = message.Title + "\n" + message.Text;
        if (outcome.Error is null)
        {
            (row.State, row.SentAt) = (MessageState.Sent, now);
        }
        else if (now - row.QueuedAt >= options.Value.GiveUpAfter)
        {
            row.State = MessageState.GivenUp;
            Log.GivenUp(log, row.Id, row.Channel, row.Person, row.Error ?? "");
        }
        else
        {
            row.DueAt = now + RetryDelay.After(row.Attempts, options.Value, Random.Shared.NextDouble());
        }
    }

    private async Task<NoticeRow> NoticeAsync(Guid id, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<NoticeRow>().SingleAsync(row => row.Id == id, ct);
    }
}
