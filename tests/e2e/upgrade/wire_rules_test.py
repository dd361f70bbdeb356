"""Every way of breaking a contract is noticed and named, and what protobuf lets grow may grow.  wire_rules_test.py"""
import os
import tempfile
import unittest

import descriptors
import wire_rules

BASE = """syntax = "proto3";
package thu.v1;
enum Mau {
  MAU_UNSPECIFIED = 0;
  MAU_XANH = 1;
  MAU_VANG = 2;
  reserved 7 to 9;
  reserved "MAU_TIM";
}
message Bai {
  string id = 1;
  repeated uint64 so = 2;
  optional int64 ngay = 3;
  Mau mau = 4;
  oneof nguon { string dia_chi = 5; bytes tep = 6; }
  message Doan { string chu = 1; }
  Doan doan = 7;
  map<string, uint32> dem = 8;
  reserved 20, 30 to max;
  reserved "cu";
}
message HoiRequest { string chu = 1; }
message HoiResponse { Bai bai = 1; }
service Kho {
  rpc Hoi(HoiRequest) returns (HoiResponse);
  rpc Gui(stream HoiRequest) returns (HoiResponse);
}
"""

BREAKING = (
    # (what stands in BASE, what stands there instead, what is said of it)
    ("  string id = 1;", "  bytes id = 1;", "number 1 was TYPE_STRING id, is TYPE_BYTES id"),
    ("  string id = 1;", "  string ten = 1;", "number 1 was TYPE_STRING id, is TYPE_STRING ten"),
    ("  string id = 1;", "  string id = 9;", "id is gone and its number 1"),
    ("  string id = 1;", "", "id is gone and its number 1 and its name are not both reserved"),
    ("  string id = 1;", "  reserved 1;", "id is gone and its number 1 and its name are not both reserved"),
    ("  string id = 1;", "  reserved \"id\";", "id is gone and its number 1 and its name are not both reserved"),
    ("repeated uint64 so", "uint64 so", "number 2 was repeated TYPE_UINT64 so, is TYPE_UINT64 so"),
    ("repeated uint64 so", "repeated fixed64 so", "number 2 was repeated TYPE_UINT64 so"),
    ("optional int64 ngay", "optional sint64 ngay", "number 3 was TYPE_INT64 ngay, is TYPE_SINT64 ngay"),
    ("  Mau mau = 4;", "  uint32 mau = 4;", "number 4 was .thu.v1.Mau mau, is TYPE_UINT32 mau"),
    ("  Doan doan = 7;", "  HoiRequest doan = 7;", "number 7 was .thu.v1.Bai.Doan doan, is .thu.v1.HoiRequest doan"),
    ("bytes tep = 6; }", "} bytes tep = 6;", "number 6 was TYPE_BYTES tep of oneof nguon, is TYPE_BYTES tep"),
    ("  string id = 1;\n", "  oneof ai { string id = 1; }\n", "number 1 was TYPE_STRING id, is TYPE_STRING id of oneof ai"),
    ("map<string, uint32> dem", "map<string, string> dem", "DemEntry: number 2 was TYPE_UINT32 value, is TYPE_STRING value"),
    ("message Doan { string chu = 1; }", "message Doan { int32 chu = 1; }", "message .thu.v1.Bai.Doan: number 1"),
    ("reserved 20, 30 to max;", "reserved 30 to max;", "number 20 was reserved and is not"),
    ("reserved 20, 30 to max;", "reserved 30 to max; bool moi = 20;", "number 20 was reserved and is not"),
    ("reserved 20, 30 to max;", "reserved 20, 31 to max;", "number 30 was reserved and is not"),
    ("  reserved \"cu\";\n", "", "the name cu was reserved and is not"),
    ("MAU_VANG = 2", "MAU_VANG = 3", "MAU_VANG is gone and its number 2"),
    ("MAU_VANG = 2", "MAU_DO = 2", "enum .thu.v1.Mau: number 2 was MAU_VANG, is MAU_DO"),
    ("  MAU_VANG = 2;\n", "", "MAU_VANG is gone and its number 2 and its name are not both reserved"),
    ("reserved 7 to 9;", "reserved 7 to 8;", "enum .thu.v1.Mau: number 9 was reserved and is not"),
    ("reserved \"MAU_TIM\";", "MAU_TIM = 5;", "the name MAU_TIM was reserved and is not"),
    ("  rpc Hoi(HoiRequest) returns (HoiResponse);\n", "", ".thu.v1.Kho.Hoi is gone"),
    ("returns (HoiResponse);\n  rpc Gui", "returns (stream HoiResponse);\n  rpc Gui", "returns (stream .thu.v1.HoiResponse)"),
    ("rpc Gui(stream HoiRequest)", "rpc Gui(HoiRequest)", "Kho.Gui was (stream .thu.v1.HoiRequest)"),
    ("rpc Hoi(HoiRequest) returns (HoiResponse)", "rpc Hoi(HoiRequest) returns (Bai)", "is (.thu.v1.HoiRequest) returns (.thu.v1.Bai)"),
    ("service Kho", "service KhoMoi", "service .thu.v1.Kho is gone"),
    ("package thu.v1;", "package thu.v2;", "message .thu.v1.Bai is gone"),
)

HARMLESS = (
    ("  string id = 1;", "  string id = 1;\n  string them = 10;"),
    ("  string id = 1;", "  reserved 1;\n  reserved \"id\";"),
    ("  string id = 1;", "  optional string id = 1;"),
    ("optional int64 ngay", "int64 ngay"),
    ("bytes tep = 6; }", "bytes tep = 6; uint32 ma = 11; }"),
    ("reserved 20, 30 to max;", "reserved 20 to max;"),
    ("MAU_VANG = 2;", "MAU_VANG = 2; MAU_DO = 3;"),
    ("  MAU_VANG = 2;\n", "  reserved 2;\n  reserved \"MAU_VANG\";\n"),
    ("service Kho {", "message LuuRequest {}\nmessage LuuResponse {}\nservice Kho {\n  rpc Luu(LuuRequest) returns (LuuResponse);"),
    ("service Kho {", "service KhoMoi {}\nservice Kho {"),
)


def contract(text):
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "thu.proto")
        with open(path, "w") as file:
            file.write(text)
        return descriptors.contract(descriptors.compile_protos(directory, [path]))


def changed(was, becomes):
    assert BASE.count(was) == 1, was
    return contract(BASE.replace(was, becomes))


class WireRules(unittest.TestCase):
    def setUp(self):
        self.base = contract(BASE)

    def test_what_is_unchanged_is_compatible(self):
        self.assertEqual(list(wire_rules.breaches(self.base, contract(BASE))), [])

    def test_each_breaking_change_is_named(self):
        for was, becomes, said in BREAKING:
            with self.subTest(becomes or "without " + was):
                found = list(wire_rules.breaches(self.base, changed(was, becomes)))
                self.assertTrue(any(said in what for what in found), "%s is not among %s" % (said, found))

    def test_growth_is_compatible(self):
        for was, becomes in HARMLESS:
            with self.subTest(becomes):
                self.assertEqual(list(wire_rules.breaches(self.base, changed(was, becomes))), [])

    def test_a_message_taken_away_is_named(self):
        self.assertIn("message .thu.v1.Bai is gone", wire_rules.breaches(self.base, contract('syntax = "proto3"; package thu.v1;')))

    def test_what_was_reserved_in_a_file_that_grew_is_read(self):
        bai = self.base.messages[".thu.v1.Bai"]
        self.assertTrue(bai.reserves(20) and bai.reserves(30) and bai.reserves(536870911))
        self.assertFalse(bai.reserves(21) or bai.reserves(29))
        self.assertEqual([number for number in range(12) if self.base.enums[".thu.v1.Mau"].reserves(number)], [7, 8, 9])


unittest.main()
