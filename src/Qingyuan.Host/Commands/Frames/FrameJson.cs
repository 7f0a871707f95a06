using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Inspection;

namespace Qingyuan.Host.Commands.Frames;

/// <summary>A frame as one line of JSON, in the shape that contract pages promise.</summary>
internal static class FrameJson
{
    // Chinese stays readable: the output is for terminals and files, never for HTML.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="start">Where the frame stands in the whole input.</param>
    /// <param name="fillsLine">The frame is a line of a text file, or its last: it has no CR LF of its own and none is missed.</param>
    public static void Write(IBufferWriter<byte> lines, in FrameCut cut, long start, bool strict, bool fillsLine)
    {
        var reading = FrameDecoder.Decode(cut);
        if (reading.Frame is not { } frame)
        {
            Refuse(lines, reading.Why!, start + reading.At);
            return;
        }
        var violations = strict ? StrictCheck.Of(cut).Where(one => !fillsLine || one.Rule != nameof(FrameNotes.MissingCrLf)).ToArray() : [];
        if (violations is [var first, ..]) Refuse(lines, first.Rule, start + first.Offset, violations, start);
        else Accept(lines, frame, fillsLine);
    }

    /// <summary>Bytes before a head: one refusal for each line of them.</summary>
    public static void WriteRubbish(IBufferWriter<byte> lines, in ReadOnlySequence<byte> rubbish, long start)
    {
        ReadOnlySpan<byte> bytes = rubbish.ToArray();
        foreach (var line in bytes.Split((byte)'\n'))
            if (!bytes[line].Trim(" \t\r\0"u8).IsEmpty) Refuse(lines, nameof(FrameRejection.NoHeader), start + line.Start.Value);
    }

    private static void Refuse(IBufferWriter<byte> lines, string why, long at, IReadOnlyList<Violation>? violations = null, long start = 0) => Line(lines, json =>
    {
        json.WriteBoolean("ok", false);
        json.WriteString("why", why);
        json.WriteNumber("at", at);
        if (violations is null) return;
        json.WriteStartArray("violations");
        foreach (var violation in violations)
        {
            json.WriteStartObject();
            json.WriteString("rule", violation.Rule);
            json.WriteNumber("at", start + violation.Offset);
            json.WriteString("clause", violation.Clause);
            json.WriteString("text", NoteTexts.Of(violation.Rule));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    private static void Accept(IBufferWriter<byte> lines, DecodedFrame frame, bool fillsLine) => Line(lines, json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteString("edition", frame.Edition.ToString()[1..]);
        json.WriteString("qn", frame.Qn);
        json.WriteString("st", frame.St);
        json.WriteString("cn", frame.Cn);
        json.WriteString("pw", frame.Pw);
        json.WriteString("mn", frame.Mn);
        Number(json, "flag", frame.Flag);
        Number(json, "pnum", frame.Pnum);
        Number(json, "pno", frame.Pno);
        if (frame.Rf is { } backfill) json.WriteNumber("rf", backfill);
        json.WriteString("crc", frame.Crc);
        Fields(json, frame.Fields);
        json.WriteStartArray("notes");
        foreach (var note in frame.Notes.Where(note => !fillsLine || note != nameof(FrameNotes.MissingCrLf)))
        {
            json.WriteStartObject();
            json.WriteString("code", note);
            json.WriteString("text", NoteTexts.Of(note));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>A separator is written only where it is not the usual one, so that <c>encode</c> gives the same bytes back.</summary>
    private static void Fields(Utf8JsonWriter json, IReadOnlyList<DecodedField> fields)
    {
        json.WriteStartArray("fields");
        for (var at = 0; at < fields.Count; at++)
        {
            json.WriteStartObject();
            json.WriteString("name", fields[at].Name);
            json.WriteString("value", fields[at].Value);
            if (fields[at].Separator is { } separator && separator != FrameEncoder.UsualSeparator(fields[at - 1].Name, fields[at].Name))
                json.WriteString("separator", separator.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    private static void Line(IBufferWriter<byte> lines, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(lines, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        lines.Write("\n"u8);
    }
}
