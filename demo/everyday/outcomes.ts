import type { PictureName } from '../pictures/names';
import type { UnitName } from '../units';

interface Outcome {
  /** `property`: the property firm of the courtyard. */
  unit: UnitName | 'property';
  instruction: string;
  result: string;
  picture?: PictureName;
}

const by = (unit: Outcome['unit'], instruction: string, result: string, picture?: PictureName): Outcome => ({
  unit,
  instruction,
  result,
  picture
});
const byProperty = (instruction: string, result: string, picture?: PictureName) =>
  by('property', instruction, result, picture);
const byVolunteers = (result: string) => by('社区志愿服务队', '请先电话约好时间，办完回复。', result);

/** Who acts on each category or need type, and what they usually say when they are done. */
export const outcomes: Record<string, Outcome> = {
  C01: byProperty('请维修，修好前做好提醒。', '已修好，试过没有问题。'),
  C02: byProperty('请联系清走，保持通道畅通。', '杂物已清走，楼道贴了提示。'),
  C03: byProperty('请先拆除飞线，引导到车棚充电。', '飞线已拆，车推到车棚充电。'),
  C04: by('环卫所', '请清运并冲洗。', '已清运，地面冲洗干净。'),
  C05: by('街道综合执法队', '请到场劝离，高峰时段加派人。', '已劝离，规范到疏导点经营。'),
  C06: by('街道综合执法队', '请现场核查，依法处理。', '已下通知，当事人自行拆除。'),
  C10: byProperty('请调看监控，楼栋贴告示。', '已调看监控并上门提醒，楼栋贴了告示。'),
  C13: by('市政养护所', '请先围挡，尽快更换或加固。', '已更换加固，车过没有响声。', 'manhole-replaced'),
  C14: by('市政养护所', '请检修路灯。', '已换灯具，夜间看过已亮。'),
  C15: by('市政养护所', '请先围挡，尽快修补。', '已回填压实修补，积水排净。', 'road-mended'),
  C16: byProperty('请疏通，冲洗地面。', '已疏通清掏，地面冲洗消毒。'),
  C17: by('电梯维保站', '请到场检修，先停用贴告示。', '已检修，试运行正常。'),
  C18: byProperty('请先围起来，排除险情。', '已加固，险情排除。'),
  C19: byProperty('请劝推到车棚，门岗加强巡查。', '车已推到车棚，楼口贴了提示。', 'stairs-cleared'),
  C20: by('燃气服务站', '请上门检查，处理前停用。', '软管已更换，测漏合格。'),
  C21: byProperty('请先围挡，铲除松动部分后修补。', '松动部分已铲除修补。'),
  C22: byProperty('请清除，墙面恢复。', '已铲除，墙面补了漆。'),
  C23: by('街道综合执法队', '请通知企业摆放整齐。', '已移走摆齐，留出通道。'),
  C24: by('街道综合执法队', '请检查油烟净化设备。', '已责令清洗净化器，排口改向。'),
  C25: by('万年场派出所', '请到场劝止。', '已到场劝止，商家保证不再早卸货。'),
  C26: by('市政养护所', '请修剪，注意行人安全。', '已修剪清运。'),
  C27: by('万年场派出所', '请到场劝导，登记。', '已找到养犬人，当面劝导。'),
  C28: byProperty('请联系消杀。', '已投药封堵，两周后复查。'),
  C30: byProperty('请尽快加固，先挂提示。', '已重新固定，承重试过。'),
  C31: byProperty('请维修。', '已更换。'),
  N01: byVolunteers('药已取回送到，票据当面交还。'),
  N02: byVolunteers('菜已买好送到，小票当面对过。'),
  N03: byVolunteers('材料已交窗口，回执送到。'),
  N04: byVolunteers('已上门帮忙认证成功。'),
  N05: byVolunteers('已全程陪同，送回家。'),
  N06: byProperty('请先约好时间再上门。', '已上门修好。'),
  N07: byVolunteers('已搬好。'),
  N08: by('社区志愿服务队', '请把办事清单和窗口电话告诉本人。', '已当面讲清，办事清单给了一份。'),
  N09: byVolunteers('已登记，从下周开始。'),
  N10: byVolunteers('已办好。')
};

/** Categories where the worker can often put it right at once. */
export const oftenSolvedOnSpot = new Set(['C22', 'C23', 'C04', 'C19', 'N07', 'N08']);

/** Courtyards of 长天物业; 锦和物业 has the others of 长天路, 金桂物业 all of 槐树店. */
export const changtianCourtyards = ['天和汇', '向阳苑', '河畔人家', '建工宿舍', '石桥小区', '市场商住楼'];
