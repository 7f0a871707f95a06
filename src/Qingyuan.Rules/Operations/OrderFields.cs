namespace Qingyuan.Rules.Operations;

/// <summary>Names of the fields an act records, and which of them it demands.</summary>
public static class OrderFields
{
    /// <summary>Diagnose: what was wrong, in words or as a code of the fault knowledge base. Demanded.</summary>
    public const string Cause = "cause";

    /// <summary>Diagnose: <c>simple</c>, <c>data-unit</c> or <c>other</c>; decides which fault clocks stay.</summary>
    public const string FaultClass = "faultClass";

    /// <summary>Repair: what was done.</summary>
    public const string Note = "note";

    /// <summary>Repair: part replaced.</summary>
    public const string Part = "part";

    /// <summary>Test: <c>pass</c> or <c>fail</c>. Demanded; only a pass can be handed in.</summary>
    public const string Result = "result";

    /// <summary>Reject, cancel, reassign: why. Demanded by reject and cancel.</summary>
    public const string Reason = "reason";

    /// <summary>Reject: <c>repair</c> (default) or <c>diagnosis</c>, what must be done again.</summary>
    public const string Redo = "redo";

    /// <summary>Reassign: the new technician. Demanded.</summary>
    public const string Technician = "technician";

    /// <summary>The fields <paramref name="act"/> demands.</summary>
    public static IReadOnlyList<string> RequiredBy(OrderAct act) => act switch
    {
        OrderAct.Diagnose => [Cause],
        OrderAct.Test => [Result],
        OrderAct.Reject or OrderAct.Cancel => [Reason],
        OrderAct.Reassign => [Technician],
        _ => [],
    };
}
