namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>Statements to begin with. The console offers them, docs/operations/sql.md explains them, a test runs them.</summary>
/// <param name="Name">Key of its title.</param>
public sealed record SqlExample(string Name, string Sql)
{
    public static IReadOnlyList<SqlExample> All { get; } =
    [
        new("day-means", """
            SELECT s.name, r.factor, date_trunc('day', r.sampled_at) AS day,
                   count(*) AS hours, round(avg(r.value), 3) AS mean, max(r.value) AS highest
            FROM readings r JOIN stations s USING (mn)
            GROUP BY ALL
            ORDER BY s.name, r.factor, day
            """),
        new("hours-over", """
            -- 超限, over the filed limit, by values that count (超标 is judged by the alarms)
            SELECT s.name, r.factor, l.upper, l.unit, count(*) AS hours_over, max(r.value) AS highest
            FROM readings r JOIN limits l USING (mn, factor) JOIN stations s USING (mn)
            WHERE r.period = 'hour' AND r.over
            GROUP BY ALL
            ORDER BY hours_over DESC
            """),
        new("correlation", """
            SELECT a.mn, a.factor, b.factor AS other, count(*) AS pairs, round(corr(a.value, b.value), 3) AS r
            FROM readings a JOIN readings b
              ON a.mn = b.mn AND a.sampled_at = b.sampled_at AND a.factor < b.factor
            GROUP BY ALL
            ORDER BY abs(r) DESC NULLS LAST
            """),
        new("day-profile", """
            SELECT factor, hour(sampled_at) AS hour_of_day, count(*) AS readings,
                   quantile_cont(value, 0.25) AS lower, median(value) AS middle, quantile_cont(value, 0.75) AS upper
            FROM readings
            GROUP BY ALL
            ORDER BY factor, hour_of_day
            """),
        new("alarm-hours", """
            SELECT s.name, a.kind, count(*) AS alarms,
                   round(sum(epoch(coalesce(a.until, a.cleared_at, now()::TIMESTAMP) - a.since)) / 3600, 1) AS hours
            FROM alarms a JOIN stations s USING (mn)
            GROUP BY ALL
            ORDER BY hours DESC NULLS LAST
            """),
    ];
}
