using System.Text;
using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Signing;
using Qingyuan.Ledger.Tests.Signing;

namespace Qingyuan.Ledger.Tests.Checkpoints;

public class SignedNoteTests
{
    [Fact]
    public void The_log_and_its_three_cosigners_verify_with_their_times()
    {
        var note = Vectors.Note(Vectors.StdNote);
        var times = Vectors.StdKeys.Select(text =>
        {
            Assert.Equal(NoteVerdict.Good, note.Check(Vectors.Key(text), out var time));
            return time?.ToUnixTimeSeconds();
        });
        Assert.Equal([null, 0x6B03A140, 0x6B03A141, 0x6B03A142], times);
    }

    [Fact]
    public void Signing_with_the_vectors_seeds_gives_the_same_note_to_the_byte()
    {
        Assert.True(Checkpoint.TryParse(Vectors.Note(Vectors.StdNote).Text, out var checkpoint));
        var signatures = Enumerable.Range(0, 4).Select(i => Vectors.Signer(i).Sign(checkpoint!.ToText(), DateTimeOffset.FromUnixTimeSeconds(0x6B03A13F + i)));
        Assert.Equal(Vectors.StdNote, new SignedNote(checkpoint!.ToText(), [.. signatures]).ToString());
        Assert.Equal(Vectors.StdKeys, Enumerable.Range(0, 4).Select(i => Vectors.Signer(i).Key.ToString()));
    }

    [Fact]
    public void The_sm_checkpoint_verifies_and_is_made_again_with_the_vectors_k()
    {
        var note = Vectors.Note(Vectors.SmNote);
        Assert.Equal(NoteVerdict.Good, note.Check(Vectors.Key(Vectors.SmKey), out _));
        var secret = PrivateKey.From(KeyAlgorithm.Sm2, Convert.FromHexString(Vectors.Sm2Secret), new FixedK(Vectors.Sm2K));
        var signer = new NoteSigner("evidence.example/op-east/1/sm", NoteKind.Sm2Log, secret);
        Assert.Equal(Vectors.SmKey, signer.Key.ToString());
        Assert.True(Checkpoint.TryParse(note.Text, out var checkpoint));
        Assert.Equal(Vectors.SmNote, checkpoint!.Sign(DateTimeOffset.UnixEpoch, signer).ToString());
    }

    [Fact]
    public void An_sm_cosignature_carries_and_protects_its_time()
    {
        var signer = new NoteSigner("regulator.example/sm", NoteKind.Sm2Cosignature, PrivateKey.Generate(KeyAlgorithm.Sm2));
        var at = DateTimeOffset.FromUnixTimeSeconds(1_795_421_730);
        var signature = signer.Sign(Vectors.Note(Vectors.SmNote).Text, at);
        Assert.True(signer.Key.Verify(Vectors.Note(Vectors.SmNote).Text, signature.Payload.Span, out var time));
        Assert.Equal(at, time);
        var later = signature.Payload.ToArray();
        later[7]++;
        Assert.False(signer.Key.Verify(Vectors.Note(Vectors.SmNote).Text, later, out _));
        Assert.True(NoteKey.TryParse(signer.Key.ToString(), out _));
    }

    [Fact]
    public void Any_flipped_bit_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Vectors.StdNote);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var flipped = bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var allGood = SignedNote.TryParse(flipped, out var note) && Vectors.StdKeys.All(key => note!.Check(Vectors.Key(key), out _) is NoteVerdict.Good);
            Assert.False(allGood, $"bit {bit}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("a\n\n")]
    [InlineData("a\n\n— a AAAAAAA=")]
    [InlineData("a\n\n- a AAAAAAA=\n")]
    [InlineData("a\r\n\n— a AAAAAAA=\n")]
    [InlineData("a\n\n— a AAAA\n")]
    public void Malformed_notes_are_refused(string text) => Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\next\n")]
    [InlineData("o\n08\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n")]
    [InlineData("o\n-8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n")]
    [InlineData("o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyh=\n")]
    [InlineData("o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=")]
    [InlineData("o o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n")]
    public void Malformed_checkpoints_are_refused(string text) => Assert.False(Checkpoint.TryParse(text, out _));
}
