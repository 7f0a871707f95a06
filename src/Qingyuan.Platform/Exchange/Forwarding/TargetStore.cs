using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Hj212.Relaying;
using Qingyuan.Hj212.Security;
using Qingyuan.Hj212.Segments;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>Targets as they are forwarded to. What must never go there is left out here once more, whatever the rows say: sample stations, and a government platform without a consent.</summary>
internal sealed class TargetStore(IDatabase database, IStationDirectory stations, ISecretProtector protector)
{
    public async Task<IReadOnlyList<TargetSetup>> OpenAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var targets = await db.Set<TargetRow>().Where(row => row.Enabled).ToListAsync(ct);
        if (targets.Count is 0) return [];
        var members = (await db.Set<ForwardedStationRow>().ToListAsync(ct)).ToLookup(row => row.TargetId);
        var positions = await db.Set<PositionRow>().ToDictionaryAsync(row => row.TargetId, ct);
        var lanes = (await db.Set<LaneRow>().OrderBy(row => row.Id).ToListAsync(ct)).ToLookup(row => row.TargetId);
        var consented = (await db.Set<ConsentRow>().Select(row => row.TargetId).Distinct().ToListAsync(ct)).ToHashSet();
        return [.. targets.Where(row => row.Kind is not TargetKind.Government || consented.Contains(row.Id)).Select(row => Setup(row, members[row.Id], [Live(positions[row.Id]), .. lanes[row.Id].Select(Lane)]))];
    }

    private TargetSetup Setup(TargetRow row, IEnumerable<ForwardedStationRow> members, IReadOnlyList<Place> places)
    {
        var cipher = row.Key is { } key ? new Sm4(protector.Unprotect(key)) : null;
        return new(
            row.Id, row.Version, row.Name, row.Host, row.Port, row.Tls, row.CertificateSha256, row.ByteExact, row.Window, TimeSpan.FromMilliseconds(row.GapMilliseconds), row.NewFirst, Numbers(row.Commands).ToHashSet(),
            Profiles(row, members, cipher), places);
    }

    private static Place Live(PositionRow row) => new(null, default, 0, new(row.Batch, row.Ordinal), null);

    private static Place Lane(LaneRow row) => new(row.Id, row.Kind, row.Command, new(row.FromBatch, row.FromOrdinal), row.UntilBatch is { } batch ? new FrameId(batch, row.UntilOrdinal ?? int.MaxValue) : null)
    {
        Position = new(row.Batch, row.Ordinal),
    };

    private Dictionary<int, RelayProfile> Profiles(TargetRow row, IEnumerable<ForwardedStationRow> members, Sm4? cipher)
    {
        var profiles = new Dictionary<int, RelayProfile>();
        foreach (var member in members)
        {
            if (stations.Get(member.StationNo) is not { IsSample: false } station || stations.GetAccess(station.StationNo) is not { } access) continue;
            var password = member.Password is { } secret ? protector.Unprotect(secret) : access.Password;
            profiles[member.StationNo] = new(EditionOf(row.Edition), member.TargetMn ?? station.Mn, Encoding.UTF8.GetString(password), row.WantsReply, cipher);
        }

        return profiles;
    }

    public static IEnumerable<int> Numbers(string commands) => commands.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture));

    private static Edition EditionOf(int year) => year switch { 2005 => Edition.V2005, 2025 => Edition.V2025, _ => Edition.V2017 };
}
